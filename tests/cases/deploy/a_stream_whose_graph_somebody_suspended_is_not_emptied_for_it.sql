-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T;
create task RAW.A warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.S;
-- [by hand]
alter task CASE_DB.RAW.A suspend;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T append_only = true;
create task RAW.A warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.S;
-- [shows]
-- start_tasks
-- [plan]
-- note: task RAW.A is suspended since <any> by somebody, not by us, and stays so; `apply --resume RAW.A` lifts it
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
