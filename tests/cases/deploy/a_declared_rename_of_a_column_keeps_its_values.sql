-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10), AT date);
create stream RAW.S on table RAW.T;
create view RAW.V as select NAME from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (
  ID number,
  TITLE varchar(10) comment 'as on the cover',  -- snowdeploy: was NAME
  -- snowdeploy: was AT
  "on" date
);
create stream RAW.S on table RAW.T;
create view RAW.V as select TITLE from RAW.T;
-- [plan]
-- alter table RAW.T
-- alter view RAW.V
-- no way back: the old files do not declare the columns' way back
