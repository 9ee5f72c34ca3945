-- [current]
create schema RAW;
create role READER;
-- [desired]
create schema RAW;
create role READER;
grant select on future dynamic tables in schema RAW to role READER;
-- [by hand]
grant select on future dynamic tables in schema CASE_DB.RAW to role READER;
-- [plan]
-- take over grant on future dynamic tables in schema RAW to role READER
