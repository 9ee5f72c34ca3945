-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create view RAW.V as select ID from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create view RAW.V comment = 'ids' as select ID from RAW.T;
-- [plan]
-- alter view RAW.V
