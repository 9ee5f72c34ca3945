-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create table RAW.U (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create table RAW.U (ID number);
insert into RAW.U select ID from RAW.S;
-- [shows]
-- run_scripts
-- [plan]
-- run script <any> ! loses-offset:script:<any>
-- no way back: the stream has moved
