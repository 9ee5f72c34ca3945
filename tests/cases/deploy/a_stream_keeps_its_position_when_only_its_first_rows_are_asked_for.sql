-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
create stream RAW.S on table RAW.T show_initial_rows = true;
-- [plan]
