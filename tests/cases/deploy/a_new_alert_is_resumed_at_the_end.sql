-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create alert RAW.A warehouse = W schedule = '1 minute' if (exists (select 1 from RAW.T)) then insert into RAW.LOG values (1);
create table RAW.T (ID number);
create table RAW.LOG (ID number);
-- [shows]
-- start_tasks
-- start_last
-- [plan]
-- create table RAW.LOG
-- create table RAW.T
-- create alert RAW.A
-- resume alert RAW.A
