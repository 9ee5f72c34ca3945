-- [almost bad] words that begin statements, in comments and texts
/* Step 1: create the table */
CREATE TABLE RAW.ORDERS (ID NUMBER, NOTE VARCHAR COMMENT 'Step 2: load');
// a comment of Snowflake's
COMMENT ON TABLE RAW.ORDERS IS 'select what you like; then stop';
-- [bad]
CREATE TABLE RAW.ORDERS (ID NUMBER);
Let's look at the table, it doesn't hold much -- !
SELECT ID FROM RAW.ORDERS;
-- [almost bad] many privileges, and a routine with many arguments
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, REBUILD, EVOLVE SCHEMA ON TABLE RAW.ORDERS TO ROLE LOADER;
GRANT USAGE ON PROCEDURE PLANT.RAW.MOVE_ROWS(VARCHAR, VARCHAR, NUMBER, NUMBER) TO ROLE LOADER;
REVOKE USAGE ON PROCEDURE PLANT.RAW.MOVE_ROWS(VARCHAR, VARCHAR, NUMBER, NUMBER) FROM ROLE LOADER;
-- [bad] a single word
SELECT ID FROM RAW.ORDERS
;
go -- !
-- [almost bad] paths without quotes, with variables and backslashes; what is used beside databases
!set variable_substitution=true
CREATE APPLICATION PACKAGE PACK;
USE APPLICATION PACKAGE PACK;
CREATE STAGE IF NOT EXISTS RAW.FILES;
PUT &DIR\data\orders.csv @RAW.FILES/data OVERWRITE = TRUE;
PUT file://C:\data\orders.csv @RAW.FILES;
GET @RAW.FILES file://C:\data\;
-- [almost bad] what templates fill in
__run_hooks_pre__
CREATE TABLE RAW.ORDERS (ID NUMBER);
__grant_select__ more of it;
TABLES (ORDERS AS RAW.ORDERS) FACTS (ORDERS.ID AS ID);
