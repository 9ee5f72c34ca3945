-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.CHILD warehouse = W after RAW.ROOT as select 1;
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 1;
-- [shows]
-- start_tasks
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- create task RAW.CHILD
-- create task RAW.LAST
-- resume task RAW.CHILD
-- resume task RAW.LAST
-- resume task RAW.ROOT
