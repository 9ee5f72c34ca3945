-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T append_only = false;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T comment = 'read by nobody';
-- [plan]
-- alter stream RAW.S
