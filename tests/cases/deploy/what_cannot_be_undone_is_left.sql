-- [current]
create schema RAW;
create table RAW.T (ID number, GONE number, NAME varchar(10));
create table RAW.U (ID number);
create table RAW.W (ID number);
create view RAW.V as select ID from RAW.U;
create stream RAW.S on table RAW.W;
-- [desired]
create schema RAW;
create table RAW.T (ID number, GONE number, NAME varchar(10));
create table RAW.U (ID number);
create table RAW.W (ID number);
create view RAW.V as select ID from RAW.U;
create stream RAW.S on table RAW.W;
-- [by hand]
alter table CASE_DB.RAW.T alter column NAME set data type varchar(20);
alter table CASE_DB.RAW.T drop column GONE;
alter table CASE_DB.RAW.T add column THEIRS number;
create or replace view CASE_DB.RAW.V as select ID from CASE_DB.RAW.U;
create or replace table CASE_DB.RAW.W (ID number)
-- [plan]
-- drift: table RAW.T column GONE is gone; left
-- drift: table RAW.T column NAME was TEXT(10), is TEXT(20); left
-- drift: table RAW.T column THEIRS was added; left
-- drift: table RAW.W was recreated; left
-- drift: view RAW.V was recreated; left
-- drift: view RAW.V query was SELECT ID FROM RAW.U, is SELECT ID FROM CASE_DB.RAW.U; undone
-- drift: stream RAW.S is stale; left
-- alter view RAW.V
