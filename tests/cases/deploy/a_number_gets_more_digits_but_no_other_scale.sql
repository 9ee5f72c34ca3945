-- [current]
create schema RAW;
create table RAW.T (A number(5, 2), B number(5, 2));
-- [desired]
create schema RAW;
create table RAW.T (A number(9, 2), B number(9, 3));
-- [plan]
-- refused: table RAW.T: column B cannot change from NUMBER(5,2) to NUMBER(9,3): add a new column, copy, drop the old one
