-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant ownership on table RAW.T to role READER;
-- [plan]
-- create grant on table RAW.T of OWNERSHIP ! widens-access
