-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
-- [by hand]
alter table CASE_DB.RAW.T rename to CASE_DB.RAW.MOVED;
-- [plan]
-- refused: table RAW.T is gone, and table RAW.MOVED is it under another name: somebody renamed it
