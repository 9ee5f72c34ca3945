-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create role OTHER;
grant select on table RAW.T to role OTHER;
grant ownership on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create role OTHER;
grant select on table RAW.T to role OTHER;
grant ownership on table RAW.T to role OTHER;
-- [plan]
-- alter grant on table RAW.T of OWNERSHIP ! widens-access
