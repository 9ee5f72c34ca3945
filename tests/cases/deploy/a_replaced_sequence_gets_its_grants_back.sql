-- [current]
create schema RAW;
create role READER;
create sequence RAW.Q start = 1;
grant usage on sequence RAW.Q to role READER;
-- [desired]
create schema RAW;
create role READER;
create sequence RAW.Q start = 5;
grant usage on sequence RAW.Q to role READER;
-- [shows]
-- restore_grants
-- [plan]
-- replace sequence RAW.Q ! loses-grants ! resets-sequence
-- alter grant on sequence RAW.Q to role READER
