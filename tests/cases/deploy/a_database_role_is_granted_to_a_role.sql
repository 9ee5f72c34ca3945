-- [current]
create schema RAW;
create role ANALYST;
-- [desired]
create schema RAW;
create role ANALYST;
create database role CASE_DB.SHARED comment = 'for all';
grant usage on schema RAW to database role CASE_DB.SHARED;
grant database role SHARED to role ANALYST;
-- [plan]
-- create database role SHARED
-- create grant of database role SHARED to role ANALYST ! widens-access
-- create grant on schema RAW to database role SHARED
