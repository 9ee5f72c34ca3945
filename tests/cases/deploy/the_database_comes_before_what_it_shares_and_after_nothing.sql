-- [no database]
-- [desired]
create schema RAW;
create warehouse WH;
create role READER;
create database role SHARED;
grant usage on database CASE_DB to role READER;
-- [shows]
-- make_database
-- [plan]
-- create database CASE_DB
-- create warehouse WH
-- create role READER
-- create database role SHARED
-- create schema RAW
-- create grant on database to role READER
