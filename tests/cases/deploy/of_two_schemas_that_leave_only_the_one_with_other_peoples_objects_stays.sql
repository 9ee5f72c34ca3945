-- [current]
create schema RAW;
create schema OLD;
create schema OLDER;
create table OLDER.T (ID number);
-- [desired]
create schema RAW;
-- [by hand]
create file format CASE_DB.OLD.THEIRS type = csv;
-- [shows]
-- keep_foreign_objects
-- [plan]
-- note: schema OLD stays: it holds file format OLD.THEIRS, not dropped by this plan
-- drop table OLDER.T ! deletes-data:OLDER.T
-- drop schema OLDER ! deletes-data:OLDER
-- no way back: the schema stays
