-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create task RAW.B warehouse = W after RAW.ROOT as select 1;
alter task RAW.B suspend;
-- [plan]
-- create task RAW.ROOT
-- create task RAW.A
-- create task RAW.B
-- resume task RAW.A
-- resume task RAW.ROOT
