-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create materialized view RAW.V as select ID from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create materialized view RAW.V as select N from RAW.T;
-- [plan]
-- replace materialized view RAW.V ! rebuild ! loses-grants
