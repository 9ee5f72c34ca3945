-- [almost bad] words that begin statements, in comments and texts
/* Step 1: create the table */
CREATE TABLE RAW.ORDERS (ID NUMBER, NOTE VARCHAR COMMENT 'Step 2: load');
// a comment of Snowflake's
COMMENT ON TABLE RAW.ORDERS IS 'select what you like; then stop';
-- [bad]
CREATE TABLE RAW.ORDERS (ID NUMBER);
Let's look at the table, it doesn't hold much -- !
SELECT ID FROM RAW.ORDERS;
