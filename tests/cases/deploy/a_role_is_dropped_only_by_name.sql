-- [current]
create schema RAW;
create role READER;
grant usage on schema RAW to role READER;
-- [desired]
create schema RAW;
-- [allow]
-- deletes-object:role READER
-- [shows]
-- order_drops
-- [plan]
-- drop grant on schema RAW to role READER ! loses-grants
-- drop role READER ! deletes-object
