-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.A on table RAW.T;
create stream RAW.B on table RAW.T at (stream => 'A') append_only = true;
create stream RAW.C on table RAW.T at (stream => 'A');
-- [shows]
-- guard_positions
-- [plan]
-- create stream RAW.A
-- create stream RAW.B ! loses-offset:RAW.B
-- create stream RAW.C
