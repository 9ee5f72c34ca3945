-- [current]
create schema RAW;
create table RAW.T (ID number);
create view RAW.V as select ID from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create view RAW.V as select ID from RAW.T;
-- [by hand]
drop schema CASE_DB.RAW;
-- [plan]
-- create schema RAW
-- create table RAW.T
-- create view RAW.V
