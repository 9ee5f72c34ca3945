-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
grant ownership on table RAW.T to role READER;
-- [desired]
create schema RAW;
create role READER;
-- [shows]
-- order_drops
-- restore_grants
-- [plan]
-- drop grant on table RAW.T of OWNERSHIP
-- drop grant on table RAW.T to role READER
-- drop table RAW.T ! deletes-data:RAW.T
