-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T append_only = true;
-- [plan]
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
