-- [current]
create schema RAW;
create database role SHARED;
create table RAW.T (ID number);
grant select on table RAW.T to database role SHARED;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
-- [shows]
-- order_drops
-- [plan]
-- drop grant on table RAW.T to database role SHARED ! loses-grants
-- drop database role SHARED ! deletes-object
