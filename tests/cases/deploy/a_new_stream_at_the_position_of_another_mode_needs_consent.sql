-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create stream RAW.INSERTS on table RAW.T at (stream => 'RAW.S') append_only = true;
-- [plan]
-- create stream RAW.INSERTS ! loses-offset:RAW.INSERTS
-- [shows]
-- guard_positions
