-- [no database]
-- [desired]
create schema RAW;
-- [shows]
-- make_database
-- [plan]
-- create database CASE_DB
-- create schema RAW
