-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
insert into RAW.T values (1);
-- [shows]
-- run_scripts
-- [plan]
-- run script <any>
-- no way back: rows stay
