-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create view RAW.A as select ID from RAW.B;
create view RAW.B as select ID from RAW.T;
-- [shows]
-- order_actions
-- [plan]
-- create view RAW.B
-- create view RAW.A
