-- [bad] no lag, too short, and the old word
create dynamic table gold.a warehouse = load_wh as select id from raw.t; -- !
create dynamic table gold.b target_lag = '30 seconds' warehouse = load_wh as select id from raw.t; -- !
create dynamic table gold.c lag = '5 minutes' warehouse = load_wh as select id from raw.t; -- !
-- [almost bad] no lag is needed where nothing schedules it
CREATE DYNAMIC TABLE GOLD.A SCHEDULER = DISABLE WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
CREATE DYNAMIC TABLE GOLD.B CLONE GOLD.A;
