-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.OLD warehouse = W finalize = RAW.ROOT as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.NEW warehouse = W finalize = RAW.ROOT as select 1;
-- [shows]
-- order_drops
-- start_tasks
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- drop task RAW.OLD ! deletes-object
-- create task RAW.NEW
-- resume task RAW.NEW
-- resume task RAW.ROOT
