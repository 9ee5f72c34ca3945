-- [current]
create schema RAW;
create role READER;
grant usage on future stages in database CASE_DB to role READER;
-- [desired]
create schema RAW;
create role READER;
grant usage on future stages in database CASE_DB to role READER;
-- [by hand]
revoke usage on future stages in database CASE_DB from role READER;
-- [plan]
-- create grant on future stages in database to role READER
