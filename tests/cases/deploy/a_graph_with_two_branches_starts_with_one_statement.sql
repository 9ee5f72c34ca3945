-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.LEFT_ONE warehouse = W after RAW.ROOT as select 1;
create task RAW.RIGHT_ONE warehouse = W after RAW.ROOT as select 1;
create task RAW.BOTH warehouse = W after RAW.LEFT_ONE, RAW.RIGHT_ONE as select 1;
-- [plan]
-- create task RAW.ROOT
-- create task RAW.LEFT_ONE
-- create task RAW.RIGHT_ONE
-- create task RAW.BOTH
-- resume task RAW.ROOT
-- resume task RAW.BOTH
-- resume task RAW.LEFT_ONE
-- resume task RAW.RIGHT_ONE
-- [shows]
-- start_graphs
