-- [bad] in a task
create dynamic table gold.d target_lag = '1 hour' warehouse = load_wh as select id from raw.t;
create task gold.fill warehouse = load_wh schedule = '5 minutes' as
  insert into d (id) select id from raw.u; -- !
-- [almost bad] a table with that name in another schema, and reading it
CREATE TABLE RAW.D (ID NUMBER);
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
INSERT INTO RAW.D (ID) SELECT ID FROM GOLD.D;
