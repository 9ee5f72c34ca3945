-- [no database]
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
insert into RAW.T values (1, 2);
-- [shows]
-- make_database
-- run_scripts
-- [plan]
-- create database CASE_DB
-- create schema RAW
-- create table RAW.T
-- run script <any>
