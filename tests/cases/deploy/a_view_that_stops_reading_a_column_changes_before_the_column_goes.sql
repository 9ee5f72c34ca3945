-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create view RAW.V as select ID, N from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create view RAW.V as select ID from RAW.T;
-- [plan]
-- alter table RAW.T ! deletes-data:RAW.T.N
-- alter view RAW.V
