-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar);
insert into RAW.T select 1, 'a';
-- [desired]
create schema RAW;
create table RAW.T (ID number, NAME varchar);
insert into RAW.T select 1, 'a';
-- [plan]
