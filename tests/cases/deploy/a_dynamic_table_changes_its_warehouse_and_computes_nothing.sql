-- [current]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W as select count(*) as N from RAW.T;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create dynamic table RAW.D scheduler = disable warehouse = W2 comment = 'cheaper' as select count(*) as N from RAW.T;
-- [plan]
-- alter dynamic table RAW.D
