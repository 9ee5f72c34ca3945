-- [current]
create schema RAW;
create role READER;
-- [desired]
create schema RAW;
-- [by hand]
drop role READER;
create role READER;
-- [allow]
-- deletes-object:role READER
-- [shows]
-- keep_account_objects
-- [plan]
-- note: role READER stays: what is there now is not what this project made
