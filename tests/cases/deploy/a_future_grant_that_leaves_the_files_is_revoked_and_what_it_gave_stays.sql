-- [current]
create schema RAW;
create role READER;
grant select on future tables in schema RAW to role READER;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [plan]
-- drop grant on future tables in schema RAW to role READER ! loses-grants
