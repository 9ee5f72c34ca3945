-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W as select ID from RAW.Z;
create view RAW.Z as select ID from RAW.T;
-- [plan]
-- create view RAW.Z
-- create dynamic table RAW.D
