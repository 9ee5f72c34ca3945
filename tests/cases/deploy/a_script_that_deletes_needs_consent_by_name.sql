-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
delete from RAW.T where ID = 1;
-- [shows]
-- run_scripts
-- [plan]
-- run script <any> ! deletes-data:script:<any>
-- no way back: rows stay
