-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
grant insert on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant insert, select on table CASE_DB.RAW.T to READER;
-- [plan]
