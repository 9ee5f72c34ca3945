-- [bad] other units
create dynamic table gold.a target_lag = '1 day' warehouse = load_wh as select id from raw.t;
create dynamic table gold.b warehouse = load_wh
  target_lag = '12 hours' -- !
as select a.id from raw.u as u join gold.a as a on a.id = u.id;
-- [almost bad] the same time in other words, and a lag that is changed later
CREATE DYNAMIC TABLE GOLD.A TARGET_LAG = '60 minutes' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
CREATE DYNAMIC TABLE GOLD.B TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM GOLD.A;
CREATE DYNAMIC TABLE GOLD.C TARGET_LAG = '2 hours' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
ALTER DYNAMIC TABLE GOLD.C SET TARGET_LAG = '10 minutes';
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '10 minutes' WAREHOUSE = LOAD_WH AS SELECT ID FROM GOLD.C;
