-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant ownership on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
-- [shows]
-- keep_account_objects
-- [plan]
-- note: grant on table RAW.T of OWNERSHIP stays: an ownership is not revoked; grant it to another role
