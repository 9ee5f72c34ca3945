-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create warehouse WH;
grant usage on warehouse WH to role READER;
create task RAW.A warehouse = WH schedule = '60 minutes' as insert into RAW.T select 1;
grant insert on table RAW.T to role READER;
-- [shows]
-- start_tasks
-- start_last
-- restore_grants
-- [plan]
-- create warehouse WH
-- create role READER
-- create table RAW.T
-- create task RAW.A
-- create grant on table RAW.T to role READER
-- create grant on warehouse WH to role READER
-- resume task RAW.A
