-- [current]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W as select ID from RAW.T;
create stream RAW.S on dynamic table RAW.D;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W as select ID from RAW.T;
create stream RAW.S on dynamic table RAW.D;
-- [by hand]
drop dynamic table CASE_DB.RAW.D;
-- [shows]
-- follow_replacements
-- [plan]
-- create dynamic table RAW.D
-- replace stream RAW.S ! loses-offset:RAW.S ! loses-grants
