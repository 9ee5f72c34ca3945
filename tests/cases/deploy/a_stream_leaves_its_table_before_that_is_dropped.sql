-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T;
create task RAW.READER warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.S;
-- [by hand]
insert into CASE_DB.RAW.T values (1), (2);
-- [desired]
create schema RAW;
create table RAW.U (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.U;
create task RAW.READER warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.S;
-- [shows]
-- keep_offsets
-- order_drops
-- open_windows
-- [plan]
-- suspend task RAW.READER
-- wait for runs of task RAW.READER
-- drain stream RAW.S
-- create table RAW.U
-- replace stream RAW.S ! loses-grants
-- drop table RAW.T ! deletes-data:RAW.T
-- resume task RAW.READER
