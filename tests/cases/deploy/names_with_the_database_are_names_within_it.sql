-- [current]
create schema RAW;
create table RAW.T (ID number);
create stream RAW.S on table RAW.T;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
-- [desired]
create schema CASE_DB.RAW;
create table CASE_DB.RAW.T (ID number);
create stream CASE_DB.RAW.S on table CASE_DB.RAW.T;
create task CASE_DB.RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task CASE_DB.RAW.A warehouse = W after CASE_DB.RAW.ROOT as select 1;
-- [plan]
