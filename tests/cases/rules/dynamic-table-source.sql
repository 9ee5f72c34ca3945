-- [bad] a stage, and a temporary table
create stage raw.files url = 's3://b/' storage_integration = s3;
create temporary table raw.few (id number);
create dynamic table gold.d target_lag = '1 hour' warehouse = load_wh as
select $1 as id from @raw.files; -- !
create dynamic table gold.e target_lag = '1 hour' warehouse = load_wh as
select id from raw.few; -- !
-- [almost bad] a table with a stream's name in another schema, and a CTE
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE STREAM OPS.ORDERS ON TABLE RAW.ORDERS;
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS
WITH FILES AS (SELECT ID FROM RAW.ORDERS)
SELECT ID FROM FILES;
