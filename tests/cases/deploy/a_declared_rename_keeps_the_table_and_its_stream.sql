-- [current]
create schema RAW;
create table RAW.OLD (ID number);
create stream RAW.S on table RAW.OLD;
create view RAW.V as select ID from RAW.OLD;
-- [desired]
create schema RAW;
-- snowdeploy: was OLD
create table RAW.NEW (ID number, MORE number);
create stream RAW.S on table RAW.NEW;
create view RAW.V as select ID from RAW.NEW;
-- [shows]
-- draft_actions
-- [plan]
-- alter table RAW.NEW
-- adopt stream RAW.S
-- alter view RAW.V
-- no way back: the old files do not declare the way back
