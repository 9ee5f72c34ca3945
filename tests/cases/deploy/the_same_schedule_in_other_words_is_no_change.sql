-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT
  warehouse = w
  schedule = '1 hour'
as
select 1;
-- [plan]
