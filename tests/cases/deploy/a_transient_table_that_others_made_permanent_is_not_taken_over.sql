-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create transient table RAW.T (ID number);
-- [by hand]
create table CASE_DB.RAW.T (ID number);
-- [plan]
-- refused: table RAW.T exists, but this project did not deploy it: kind is TABLE, the file says TRANSIENT
