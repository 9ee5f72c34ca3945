-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create task RAW.ONE warehouse = W schedule = '60 minutes' as select 1;
create task RAW.ONE_A warehouse = W after RAW.ONE as select 1;
create task RAW.TWO warehouse = W schedule = '60 minutes' as select 1;
create task RAW.TWO_A warehouse = W after RAW.TWO as select 1;
-- [plan]
-- create task RAW.ONE
-- create task RAW.ONE_A
-- create task RAW.TWO
-- create task RAW.TWO_A
-- resume task RAW.ONE
-- resume task RAW.ONE_A
-- resume task RAW.TWO
-- resume task RAW.TWO_A
-- [shows]
-- start_graphs
