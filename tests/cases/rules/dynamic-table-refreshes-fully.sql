-- [bad] by its source
create dynamic table gold.a target_lag = '1 hour' warehouse = load_wh refresh_mode = full as
select id, current_date() as day from raw.t;
create dynamic table gold.b target_lag = '1 hour' warehouse = load_wh as select id, day from gold.a; -- !
-- [almost bad] said, or only in a condition
CREATE DYNAMIC TABLE GOLD.A TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH REFRESH_MODE = FULL AS
SELECT ID FROM RAW.T WHERE ID IN (SELECT ID FROM RAW.U);
CREATE DYNAMIC TABLE GOLD.B TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS
SELECT ID, CURRENT_STATE AS RANDOM FROM RAW.T WHERE DAY > CURRENT_DATE() AND ID IN (1, 2);
