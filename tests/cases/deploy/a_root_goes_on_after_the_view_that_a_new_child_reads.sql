-- [current]
create schema RAW;
create table RAW.T (ID number, N number);
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
-- [desired]
create schema RAW;
create table RAW.T (ID number, N number);
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.CHILD warehouse = W after RAW.ROOT as insert into RAW.T (ID) select ID from RAW.Z;
create view RAW.Z as select ID from RAW.T;
-- [shows]
-- start_last
-- start_tasks
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- create view RAW.Z
-- create task RAW.CHILD
-- resume task RAW.CHILD
-- resume task RAW.ROOT
