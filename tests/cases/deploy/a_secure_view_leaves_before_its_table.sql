-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create schema OUT_;
create table OUT_.T (ID number);
create secure view OUT_.V as select ID from OUT_.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
-- [shows]
-- order_drops
-- [plan]
-- drop view OUT_.V ! deletes-object
-- drop table OUT_.T ! deletes-data:OUT_.T
-- drop schema OUT_ ! deletes-data:OUT_
