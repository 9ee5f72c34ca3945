-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select, insert on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select, insert on table RAW.T to role READER;
-- [by hand]
revoke insert on table CASE_DB.RAW.T from role READER;
-- [plan]
-- drift: grant on table RAW.T to role READER privileges was INSERT, SELECT, is SELECT; undone
-- alter grant on table RAW.T to role READER
