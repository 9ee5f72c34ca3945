-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.OTHER warehouse = W schedule = '60 minutes' as select 1;
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.OTHER warehouse = W schedule = '60 minutes' as select 1;
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- drop task RAW.LAST ! deletes-object
-- resume task RAW.ROOT
