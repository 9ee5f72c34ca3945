-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T append_only = true;
-- [by hand]
insert into CASE_DB.RAW.T values (1);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T at (stream => 'RAW.S') comment = 'all';
-- [shows]
-- guard_positions
-- [plan]
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
