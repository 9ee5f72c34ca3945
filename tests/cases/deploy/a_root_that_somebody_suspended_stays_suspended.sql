-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 2;
-- [by hand]
alter task CASE_DB.RAW.ROOT suspend;
-- [shows]
-- start_tasks
-- [plan]
-- note: task RAW.ROOT is suspended since <any> by somebody, not by us, and stays so; `apply --resume RAW.ROOT` lifts it
-- alter task RAW.ROOT
