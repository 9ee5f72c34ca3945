-- [current]
create schema RAW;
create warehouse LOAD_WH;
create warehouse OTHER_WH;
-- [desired]
create schema RAW;
-- [allow]
-- deletes-object:warehouse LOAD_WH
-- [shows]
-- keep_account_objects
-- [plan]
-- note: warehouse OTHER_WH stays: it belongs to the account; --allow 'deletes-object:warehouse OTHER_WH' drops it
-- drop warehouse LOAD_WH ! deletes-object
