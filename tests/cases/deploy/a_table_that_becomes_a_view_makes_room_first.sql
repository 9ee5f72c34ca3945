-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.X (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create view RAW.X as select ID from RAW.T;
-- [shows]
-- order_drops
-- [plan]
-- drop table RAW.X ! deletes-data:RAW.X
-- create view RAW.X
