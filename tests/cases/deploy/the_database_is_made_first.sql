-- [no database]
-- [desired]
create schema RAW;
-- [plan]
-- create database CASE_DB
-- create schema RAW
