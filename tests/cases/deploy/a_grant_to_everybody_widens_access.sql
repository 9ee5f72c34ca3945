-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role PUBLIC;
-- [plan]
-- create grant on table RAW.T to role PUBLIC ! widens-access
