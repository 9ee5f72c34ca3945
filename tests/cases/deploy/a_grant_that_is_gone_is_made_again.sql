-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
-- [by hand]
revoke select on table CASE_DB.RAW.T from role READER;
-- [plan]
-- create grant on table RAW.T to role READER
