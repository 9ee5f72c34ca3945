-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create role READER;
grant usage on schema RAW to role READER;
-- [by hand]
create role READER;
-- [plan]
-- create grant on schema RAW to role READER
