-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create table RAW.A (ID number default RAW.Z.nextval);
create sequence RAW.Z;
-- [shows]
-- order_actions
-- [plan]
-- create sequence RAW.Z
-- create table RAW.A
