-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- snowdeploy: run always
insert into RAW.T values (1);
-- [plan]
