-- [current]
create schema RAW;
create schema OLD;
create table OLD.T (ID number);
create dynamic table OLD.D scheduler = disable warehouse = W as select ID from OLD.T;
-- [desired]
create schema RAW;
-- [shows]
-- order_drops
-- [plan]
-- drop dynamic table OLD.D ! deletes-object
-- drop table OLD.T ! deletes-data:OLD.T
-- drop schema OLD ! deletes-data:OLD
