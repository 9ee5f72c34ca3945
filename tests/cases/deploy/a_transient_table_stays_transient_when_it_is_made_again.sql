-- [current]
create schema RAW;
create transient table RAW.T (ID number);
-- [desired]
create schema RAW;
create transient table RAW.T (ID number);
-- [by hand]
drop table CASE_DB.RAW.T;
-- [plan]
-- create table RAW.T
