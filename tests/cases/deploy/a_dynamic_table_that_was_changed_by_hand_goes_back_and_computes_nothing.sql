-- [current]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W comment = 'counted' as select count(*) as N from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W comment = 'counted' as select count(*) as N from RAW.T;
-- [by hand]
alter dynamic table CASE_DB.RAW.D set warehouse = OTHER;
-- [plan]
-- drift: dynamic table RAW.D warehouse was W, is OTHER; undone
-- alter dynamic table RAW.D
