-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create stream RAW.A on table RAW.T append_only = true;
-- [by hand]
insert into CASE_DB.RAW.T values (1);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T at (stream => 'RAW.S') append_only = true;
create stream RAW.A on table RAW.T append_only = true;
create stream RAW.SAME on table RAW.T at (stream => 'RAW.A') append_only = true;
create stream RAW.OTHER on table RAW.T at (stream => 'RAW.A');
create stream RAW.FIRST on table RAW.T at (stream => 'CASE_DB.RAW.SECOND');
create stream RAW.SECOND on table RAW.T;
-- [shows]
-- guard_positions
-- [plan]
-- create stream RAW.OTHER ! loses-offset:RAW.OTHER
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
-- create stream RAW.SAME
-- create stream RAW.SECOND
-- create stream RAW.FIRST
-- [shows]
-- guard_positions
