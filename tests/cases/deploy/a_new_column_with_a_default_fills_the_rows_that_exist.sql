-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
-- [desired]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10), MORE number default 7);
-- [plan]
-- alter table RAW.T
