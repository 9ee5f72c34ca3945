-- [current]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create task RAW.B warehouse = W after RAW.ROOT as select 1;
-- [desired]
create schema RAW;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create task RAW.B warehouse = W after RAW.A as select 1;
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- alter task RAW.B
-- resume task RAW.ROOT
