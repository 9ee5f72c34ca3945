-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- [by hand]
drop table CASE_DB.RAW.T;
-- [shows]
-- follow_replacements
-- [plan]
-- create table RAW.T
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
