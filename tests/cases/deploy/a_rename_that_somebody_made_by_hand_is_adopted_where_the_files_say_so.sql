-- [current]
create schema RAW;
create table RAW.OLD (ID number);
-- [desired]
create schema RAW;
-- snowdeploy: was OLD
create table RAW.NEW (ID number);
-- [by hand]
alter table CASE_DB.RAW.OLD rename to CASE_DB.RAW.NEW;
-- [plan]
-- adopt table RAW.NEW
-- no way back: the old files do not declare the way back
