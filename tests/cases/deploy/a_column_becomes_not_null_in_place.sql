-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
-- [desired]
create schema RAW;
create table RAW.T (ID number not null, NAME varchar(10));
-- [plan]
-- alter table RAW.T
