-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create materialized view RAW.V as select ID from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create materialized view RAW.V comment = 'ids' as select ID from RAW.T;
-- [plan]
-- alter materialized view RAW.V
