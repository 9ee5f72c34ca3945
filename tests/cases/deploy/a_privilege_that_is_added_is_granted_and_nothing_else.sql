-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select, insert on table RAW.T to role READER;
-- [plan]
-- alter grant on table RAW.T to role READER
