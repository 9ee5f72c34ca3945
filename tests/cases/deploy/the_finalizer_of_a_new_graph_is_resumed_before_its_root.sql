-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create task RAW.LAST warehouse = W finalize = RAW.ROOT as select 1;
-- [plan]
-- create task RAW.ROOT
-- create task RAW.A
-- create task RAW.LAST
-- resume task RAW.LAST
-- resume task RAW.ROOT
-- resume task RAW.A
-- [shows]
-- start_graphs
