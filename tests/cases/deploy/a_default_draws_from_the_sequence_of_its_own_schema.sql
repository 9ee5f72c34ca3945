-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create sequence RAW.Z;
use schema RAW;
create table A (ID number default Z.nextval);
-- [plan]
-- create sequence RAW.Z
-- create table RAW.A
