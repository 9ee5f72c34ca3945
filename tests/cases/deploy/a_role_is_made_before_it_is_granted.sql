-- [desired]
create schema RAW;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
grant usage on schema RAW to role READER;
create role READER comment = 'reads';
-- [plan]
-- create role READER
-- create schema RAW
-- create table RAW.T
-- create grant on schema RAW to role READER
-- create grant on table RAW.T to role READER
