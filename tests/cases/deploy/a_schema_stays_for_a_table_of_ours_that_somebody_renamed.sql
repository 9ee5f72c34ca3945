-- [current]
create schema RAW;
create schema OLD;
create table OLD.T (ID number);
-- [desired]
create schema RAW;
-- [by hand]
alter table CASE_DB.OLD.T rename to CASE_DB.OLD.KEEP;
-- [shows]
-- keep_foreign_objects
-- [plan]
-- note: table OLD.T is no longer in the files, and is gone or not visible to role ACCOUNTADMIN
-- note: schema OLD stays: it holds table OLD.KEEP, not dropped by this plan
-- no way back: the schema stays
