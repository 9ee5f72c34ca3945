-- [current]
create schema RAW;
create table RAW.T (ID number default 1);
-- [desired]
create schema RAW;
create table RAW.T (ID number default 2);
-- [plan]
-- refused: table RAW.T: the default of column ID cannot be changed on a column that exists: add a new column
