-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
create stream RAW.S on table RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, NAME varchar(20), MORE date comment 'new') comment = 'now with more';
create stream RAW.S on table RAW.T;
-- [shows]
-- draft_actions
-- [plan]
-- alter table RAW.T
-- no way back: a column cannot be made narrower
