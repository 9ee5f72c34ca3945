-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W schedule = '30 minutes' as select 1;
-- [shows]
-- start_tasks
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- alter task RAW.A
-- resume task RAW.A
-- resume task RAW.ROOT
