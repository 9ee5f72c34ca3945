-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [by hand]
grant insert on table CASE_DB.RAW.T to role READER;
-- [plan]
-- drop grant on table RAW.T to role READER ! loses-grants
