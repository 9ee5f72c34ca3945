-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.A on table RAW.T append_only = true;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.A on table RAW.T append_only = true;
create stream RAW.B on table RAW.T at (stream => 'RAW.A');
-- [shows]
-- guard_positions
-- [plan]
-- create stream RAW.B ! loses-offset:RAW.B
