-- [current]
create schema RAW;
create table RAW.T (ID number, "a b" number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
-- [plan]
-- alter table RAW.T ! deletes-data:RAW.T."a b"
