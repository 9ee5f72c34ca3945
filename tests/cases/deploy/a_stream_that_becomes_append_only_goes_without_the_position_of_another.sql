-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create stream RAW.OTHER on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T at (stream => 'RAW.OTHER') append_only = true;
create stream RAW.OTHER on table RAW.T;
-- [plan]
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
-- [shows]
-- guard_positions
