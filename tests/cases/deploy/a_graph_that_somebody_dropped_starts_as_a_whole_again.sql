-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
-- [by hand]
alter task CASE_DB.RAW.ROOT suspend;
drop task CASE_DB.RAW.A;
drop task CASE_DB.RAW.ROOT;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
-- [plan]
-- create task RAW.ROOT
-- create task RAW.A
-- resume task RAW.ROOT
-- resume task RAW.A
-- [shows]
-- start_graphs
