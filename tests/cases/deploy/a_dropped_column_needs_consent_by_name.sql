-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
-- [shows]
-- draft_actions
-- [plan]
-- alter table RAW.T ! deletes-data:RAW.T.NAME
