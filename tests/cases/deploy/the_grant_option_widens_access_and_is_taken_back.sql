-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER with grant option;
-- [plan]
-- alter grant on table RAW.T to role READER ! widens-access
