-- [current]
create database CASE_DB;
create schema RAW;
-- [desired]
create schema RAW;
-- [shows]
-- keep_account_objects
-- [plan]
-- note: database CASE_DB stays: the record of what is deployed lies in it
