-- [no database]
-- [desired]
create database CASE_DB data_retention_time_in_days = 3 comment = 'all of it';
create schema RAW;
-- [shows]
-- make_database
-- [plan]
-- create database CASE_DB
-- create schema RAW
