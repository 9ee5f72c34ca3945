-- [current]
create schema RAW;
create role READER;
grant select on future tables in schema RAW to role READER;
-- [desired]
create schema RAW;
create role READER;
grant select, insert on future tables in schema RAW to role READER;
create table RAW.T (ID number);
-- [shows]
-- restore_grants
-- order_actions
-- [plan]
-- alter grant on future tables in schema RAW to role READER
-- create table RAW.T
