-- [current]
create schema RAW;
create schema OLD;
create table OLD.T (ID number);
-- [desired]
create schema RAW;
-- [by hand]
create table CASE_DB.OLD.A (ID number);
create view CASE_DB.OLD.B as select 1 as ID;
create sequence CASE_DB.OLD.C;
create stage CASE_DB.OLD.D;
-- [shows]
-- keep_foreign_objects
-- [plan]
-- note: schema OLD stays: it holds sequence OLD.C, stage OLD.D, table OLD.A …, not dropped by this plan
-- drop table OLD.T ! deletes-data:OLD.T
-- no way back: the schema stays
