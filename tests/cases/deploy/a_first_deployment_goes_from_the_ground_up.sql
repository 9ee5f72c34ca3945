-- [current]
-- [desired]
create task RAW.CHILD warehouse = W after RAW.ROOT as select 1;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create view RAW.V as select ID from RAW.T;
create stream RAW.S on table RAW.T;
create table RAW.T (ID number);
create schema RAW;
-- [shows]
-- start_graphs
-- start_tasks
-- order_actions
-- [plan]
-- create schema RAW
-- create table RAW.T
-- create stream RAW.S
-- create view RAW.V
-- create task RAW.ROOT
-- create task RAW.CHILD
-- resume task RAW.ROOT
-- resume task RAW.CHILD
