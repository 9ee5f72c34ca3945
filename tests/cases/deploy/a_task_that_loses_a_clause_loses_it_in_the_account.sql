-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.OTHER warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT when 1 = 1 as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.OTHER warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT comment = 'always' as select 1;
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- alter task RAW.A
-- resume task RAW.ROOT
