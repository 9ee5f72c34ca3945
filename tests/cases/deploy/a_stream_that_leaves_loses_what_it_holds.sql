-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
-- [plan]
-- drop stream RAW.S ! loses-offset:RAW.S
