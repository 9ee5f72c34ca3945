-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create alert RAW.A warehouse = W schedule = '1 minute' if (exists (select 1)) then select 1;
alter alert RAW.A suspend;
-- [plan]
-- create alert RAW.A
