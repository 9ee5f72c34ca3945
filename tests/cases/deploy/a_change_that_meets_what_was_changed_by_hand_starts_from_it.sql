-- [current]
create schema RAW;
create table RAW.T (NAME varchar(10)) comment = 'rows';
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.B warehouse = W after RAW.ROOT as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
-- [desired]
create schema RAW;
create table RAW.T (NAME varchar(30)) comment = 'rows';
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.B warehouse = W after RAW.ROOT as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 2;
-- [by hand]
alter table CASE_DB.RAW.T alter column NAME set data type varchar(20);
alter task CASE_DB.RAW.ROOT suspend;
alter task CASE_DB.RAW.A add after CASE_DB.RAW.B;
alter task CASE_DB.RAW.ROOT resume
-- [shows]
-- open_windows
-- [plan]
-- drift: table RAW.T column NAME was TEXT(10), is TEXT(20); undone
-- drift: task RAW.A predecessors was ROOT, is B, ROOT; undone
-- suspend task RAW.ROOT
-- alter table RAW.T
-- alter task RAW.A
-- resume task RAW.ROOT
-- no way back: VARCHAR is never made shorter
