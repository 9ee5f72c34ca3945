-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar);
-- [desired]
create schema RAW;
create table RAW.T (ID varchar, NAME varchar);
-- [plan]
-- refused: table RAW.T: column ID cannot change from NUMBER(38,0) to VARCHAR(16777216): add a new column, copy, drop the old one
