-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create view RAW.V as select ID from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create materialized view RAW.V as select ID from RAW.T;
-- [shows]
-- order_drops
-- [plan]
-- drop view RAW.V ! deletes-object
-- create materialized view RAW.V
