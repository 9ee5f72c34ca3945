-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar);
create stream RAW.S on table RAW.T;
create table RAW.TARGET (ID number);
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.TARGET select ID from RAW.S;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create table RAW.TARGET (ID number);
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.TARGET select ID from RAW.S;
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- alter table RAW.T ! deletes-data:RAW.T.NAME
-- resume task RAW.ROOT
