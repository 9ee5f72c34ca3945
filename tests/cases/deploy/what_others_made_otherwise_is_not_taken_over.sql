-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create table RAW.T (ID number, NAME varchar(20) default 'x') comment = 'rows';
create procedure RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
create view RAW.V as select ID from RAW.T;
-- [by hand]
create table CASE_DB.RAW.T (ID number not null, NAME varchar(10), EXTRA date);
create procedure CASE_DB.RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
create table CASE_DB.RAW.V (ID number)
-- [plan]
-- refused: table RAW.T exists, but this project did not deploy it: column EXTRA is DATE, the file says empty; column ID is NUMBER(38,0) NOT NULL, the file says NUMBER(38,0); column NAME is TEXT(10), the file says VARCHAR(20); comment is empty, the file says rows; default NAME is empty, the file says 'x'
-- refused: procedure RAW.P() exists, but this project did not deploy it: LANGUAGE, RETURNS, the body cannot be compared
-- refused: view RAW.V cannot be made: table RAW.V has its name, and this project did not deploy it
