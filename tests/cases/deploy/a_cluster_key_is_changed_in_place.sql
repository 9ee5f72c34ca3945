-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
-- [desired]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10)) cluster by (NAME);
-- [plan]
-- alter table RAW.T
