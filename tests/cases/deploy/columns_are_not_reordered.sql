-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
-- [desired]
create schema RAW;
create table RAW.T (NAME varchar(10), ID number);
-- [shows]
-- draft_actions
-- [plan]
-- refused: table RAW.T: columns can only be added at the end: Snowflake cannot reorder them
