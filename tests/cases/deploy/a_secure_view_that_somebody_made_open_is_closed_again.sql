-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create secure view RAW.V as select ID from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create secure view RAW.V as select ID from RAW.T;
-- [by hand]
create or replace view CASE_DB.RAW.V as select ID from RAW.T;
-- [plan]
-- drift: view RAW.V was recreated; left
-- drift: view RAW.V is_secure was true, is false; undone
-- alter view RAW.V
