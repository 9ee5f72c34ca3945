-- [current]
create schema RAW;
create table RAW.T (ID int, NAME string, AT timestamp_ntz);
-- [desired]
create schema RAW;
create table RAW.T (ID number(38, 0), NAME varchar(16777216), AT datetime);
-- [plan]
