-- [current]
create schema RAW;
create table RAW.OLD (ID number);
-- [desired]
create schema RAW;
create table RAW.OLD (ID number);
-- snowdeploy: was OLD
create table RAW.NEW (ID number);
-- [plan]
-- refused: table RAW.NEW was table RAW.OLD, which is still in the files
-- create table RAW.NEW
