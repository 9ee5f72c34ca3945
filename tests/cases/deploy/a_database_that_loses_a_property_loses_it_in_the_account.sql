-- [no database]
-- [current]
create database CASE_DB data_retention_time_in_days = 3 comment = 'all of it';
create schema RAW;
-- [desired]
create database CASE_DB;
create schema RAW;
-- [shows]
-- draft_actions
-- [plan]
-- alter database CASE_DB
