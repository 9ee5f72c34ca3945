-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T append_only = true;
create view RAW.NEWS as select ID from RAW.S where ID > 0;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.NEWS;
-- [by hand]
insert into CASE_DB.RAW.T values (1), (2);
delete from CASE_DB.RAW.T where ID = 1;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T;
create view RAW.NEWS as select ID from RAW.S where ID > 0;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.NEWS;
-- [shows]
-- keep_offsets
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- drain stream RAW.S
-- replace stream RAW.S ! loses-grants
-- resume task RAW.ROOT
