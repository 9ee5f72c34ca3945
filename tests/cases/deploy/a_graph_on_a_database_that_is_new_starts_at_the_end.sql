-- [no database]
-- [desired]
create database CASE_DB comment = 'ours';
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 1;
-- [shows]
-- make_database
-- start_tasks
-- [plan]
-- create database CASE_DB
-- create schema RAW
-- create task RAW.ROOT
-- create task RAW.LAST
-- resume task RAW.LAST
-- resume task RAW.ROOT
