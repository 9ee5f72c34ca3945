-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create stream RAW.ST on table RAW.T;
grant select on stream RAW.ST to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create stream RAW.ST on table RAW.T append_only = true;
grant select on stream RAW.ST to role READER;
-- [shows]
-- restore_grants
-- [plan]
-- replace stream RAW.ST ! loses-offset:RAW.ST ! loses-grants
-- alter grant on stream RAW.ST to role READER
