-- [current]
create schema RAW;
create role READER;
-- [desired]
create schema RAW;
-- [shows]
-- keep_account_objects
-- [plan]
-- note: role READER stays: it belongs to the account; --allow 'deletes-object:role READER' drops it
