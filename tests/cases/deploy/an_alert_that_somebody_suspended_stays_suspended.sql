-- [current]
create schema RAW;
create alert RAW.A warehouse = W schedule = '60 minutes' if (exists (select 1)) then select 1;
-- [desired]
create schema RAW;
create alert RAW.A warehouse = W schedule = '60 minutes' if (exists (select 1)) then select 2;
-- [by hand]
alter alert CASE_DB.RAW.A suspend;
-- [shows]
-- start_tasks
-- [plan]
-- note: alert RAW.A is suspended by somebody, not by us, and stays so; `apply --resume RAW.A` lifts it
-- alter alert RAW.A
