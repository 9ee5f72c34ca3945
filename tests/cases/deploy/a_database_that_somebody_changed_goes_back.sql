-- [current]
create database CASE_DB;
create schema RAW;
-- [desired]
create database CASE_DB;
create schema RAW;
-- [by hand]
alter database CASE_DB set comment = 'mine';
-- [plan]
-- drift: database CASE_DB comment was empty, is mine; undone
-- alter database CASE_DB
