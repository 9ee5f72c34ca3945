-- [current]
create schema RAW;
create schema OLD;
create table OLD.T (ID number);
-- [desired]
create schema RAW;
-- [by hand]
create table CASE_DB.OLD.THEIRS (ID number);
-- [shows]
-- keep_foreign_objects
-- [plan]
-- note: schema OLD stays: it holds table OLD.THEIRS, not dropped by this plan
-- drop table OLD.T ! deletes-data:OLD.T
-- no way back: the schema stays
