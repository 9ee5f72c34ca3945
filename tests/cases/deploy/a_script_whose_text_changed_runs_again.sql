-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
insert into RAW.T values (1);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
insert into RAW.T values (2);
-- [shows]
-- run_scripts
-- [plan]
-- run script <any>
-- no way back: rows stay
