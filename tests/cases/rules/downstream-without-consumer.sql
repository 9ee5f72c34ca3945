-- [bad] a chain of them
create dynamic table gold.a target_lag = downstream warehouse = load_wh as select id from raw.t; -- !
create dynamic table gold.b target_lag = 'DOWNSTREAM' warehouse = load_wh as select id from gold.a; -- !
-- [almost bad] refreshed by a task, or given a lag later
CREATE DYNAMIC TABLE GOLD.A TARGET_LAG = DOWNSTREAM WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
CREATE TASK GOLD.REFRESH WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS ALTER DYNAMIC TABLE GOLD.A REFRESH;
ALTER TASK GOLD.REFRESH RESUME;
CREATE DYNAMIC TABLE GOLD.B TARGET_LAG = DOWNSTREAM WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
ALTER DYNAMIC TABLE GOLD.B SET TARGET_LAG = '5 minutes';
