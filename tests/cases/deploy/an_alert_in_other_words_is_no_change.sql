-- [current]
create schema RAW;
create alert RAW.A warehouse = W schedule = '60 minutes' if (exists (select 1 from RAW.T)) then insert into RAW.T values (1);
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create alert RAW.A
  schedule = '1 hour'
  warehouse = w
  if (EXISTS (
    SELECT 1 FROM raw.t
  ))
  then insert into RAW.T values (1);
-- [plan]
