-- [current]
create schema RAW;
create transient table RAW.T (ID number);
-- [desired]
create schema RAW;
-- [plan]
-- drop table RAW.T ! deletes-data:RAW.T
