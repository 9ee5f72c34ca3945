-- [current]
create schema RAW;
create role OWNER;
create role READER;
create table RAW.T (ID number, X number);
create view RAW.V as select ID from RAW.T;
grant select on view RAW.V to role READER;
grant ownership on view RAW.V to role OWNER;
-- [desired]
create schema RAW;
create role OWNER;
create role READER;
create table RAW.T (ID number, X number);
create view RAW.V as select ID, X from RAW.T;
grant select on view RAW.V to role READER;
grant ownership on view RAW.V to role OWNER;
-- [shows]
-- restore_grants
-- [plan]
-- alter view RAW.V
-- alter grant on view RAW.V of OWNERSHIP
