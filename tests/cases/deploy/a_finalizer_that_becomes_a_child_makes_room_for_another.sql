-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create task RAW.LAST warehouse = W after RAW.A as select 1;
create task RAW.AN_END warehouse = W finalize = RAW.ROOT as select 1;
-- [shows]
-- order_drops
-- start_tasks
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- alter task RAW.LAST
-- create task RAW.AN_END
-- resume task RAW.AN_END
-- resume task RAW.LAST
-- resume task RAW.ROOT
