-- [current]
-- [desired]
create schema RAW;
create table RAW.T (ID number);
insert into RAW.T values (1);
-- [shows]
-- run_scripts
-- [plan]
-- create schema RAW
-- create table RAW.T
-- run script <any> ! reruns-script
