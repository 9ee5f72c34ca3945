-- [current]
create schema RAW;
create role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on future tables in schema RAW to role READER;
-- [shows]
-- restore_grants
-- order_actions
-- [plan]
-- create grant on future tables in schema RAW to role READER
-- create table RAW.T
