-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
-- [desired]
create schema RAW;
create transient table RAW.T (ID number, NAME varchar(10));
-- [plan]
-- refused: table RAW.T: transient or permanent cannot be changed in place: make a new table, copy the rows, swap the names
