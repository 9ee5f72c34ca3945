-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create secure view RAW.V (A) as select ID from RAW.T;
-- [plan]
-- create view RAW.V
