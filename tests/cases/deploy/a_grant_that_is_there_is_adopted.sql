-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
-- [by hand]
grant select on table CASE_DB.RAW.T to role READER;
-- [plan]
-- take over grant on table RAW.T to role READER
