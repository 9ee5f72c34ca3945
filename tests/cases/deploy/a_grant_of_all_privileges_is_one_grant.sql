-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant all privileges on table RAW.T to role READER;
grant all on future views in schema RAW to role READER;
-- [plan]
-- create grant on future views in schema RAW to role READER
-- create grant on table RAW.T to role READER
