-- [current]
create schema RAW;
create tag RAW.COST allowed_values 'a', 'b';
create schema OLD;
create tag OLD.G;
create table OLD.T (ID number) with tag (OLD.G = 'x');
-- [desired]
create schema RAW;
create tag RAW.COST allowed_values 'a', 'b';
-- [shows]
-- order_drops
-- [plan]
-- drop table OLD.T ! deletes-data:OLD.T
-- drop tag OLD.G ! deletes-object
-- drop schema OLD ! deletes-data:OLD
