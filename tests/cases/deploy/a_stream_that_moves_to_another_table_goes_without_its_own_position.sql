-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
create stream RAW.S on table RAW.U at (stream => 'RAW.S');
-- [plan]
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
-- [shows]
-- guard_positions
