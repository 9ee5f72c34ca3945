-- [current]
create schema RAW;
create role READER;
grant usage on schema RAW to role READER;
-- [desired]
create schema RAW;
create role READER;
grant usage on schema RAW to role READER;
-- [by hand]
drop role READER;
-- [plan]
-- create role READER
-- create grant on schema RAW to role READER
