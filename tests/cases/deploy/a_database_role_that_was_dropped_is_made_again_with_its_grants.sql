-- [current]
create schema RAW;
create database role SHARED;
create database role READERS;
grant database role SHARED to database role READERS;
grant usage on schema RAW to database role SHARED;
-- [desired]
create schema RAW;
create database role SHARED;
create database role READERS;
grant database role SHARED to database role READERS;
grant usage on schema RAW to database role SHARED;
-- [by hand]
drop database role CASE_DB.SHARED;
-- [plan]
-- create database role SHARED
-- create grant of database role SHARED to database role READERS ! widens-access
-- create grant on schema RAW to database role SHARED
