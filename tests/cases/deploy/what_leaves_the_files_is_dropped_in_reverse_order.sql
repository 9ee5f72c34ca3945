-- [current]
create schema RAW;
create schema OLD;
create table OLD.T (ID number);
create stream OLD.S on table OLD.T;
create view OLD.V as select ID from OLD.T;
-- [desired]
create schema RAW;
-- [shows]
-- order_drops
-- order_actions
-- [plan]
-- drop view OLD.V ! deletes-object
-- drop stream OLD.S ! loses-offset:OLD.S
-- drop table OLD.T ! deletes-data:OLD.T
-- drop schema OLD ! deletes-data:OLD
