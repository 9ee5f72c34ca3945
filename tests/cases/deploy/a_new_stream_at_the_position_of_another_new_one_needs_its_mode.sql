-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.INSERTS on table RAW.T append_only = true;
create stream RAW.SAME on table RAW.T at (stream => 'RAW.INSERTS') append_only = true;
create stream RAW.ALL_CHANGES on table RAW.T at (stream => 'RAW.INSERTS');
-- [plan]
-- create stream RAW.INSERTS
-- create stream RAW.ALL_CHANGES ! loses-offset:RAW.ALL_CHANGES
-- create stream RAW.SAME
-- [shows]
-- guard_positions
