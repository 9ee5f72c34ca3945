-- [current]
create schema RAW;
create warehouse LOAD_WH;
-- [desired]
create schema RAW;
-- [shows]
-- keep_account_objects
-- [plan]
-- note: warehouse LOAD_WH stays: it belongs to the account; --allow 'deletes-object:warehouse LOAD_WH' drops it
