-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T;
create procedure RAW.LOAD() returns varchar language sql as $$ begin insert into RAW.READ select ID from RAW.S; return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.CHILD warehouse = W after RAW.ROOT as call RAW.LOAD();
-- [by hand]
insert into CASE_DB.RAW.T values (1), (2);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T append_only = true;
create procedure RAW.LOAD() returns varchar language sql as $$ begin insert into RAW.READ select ID from RAW.S; return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.CHILD warehouse = W after RAW.ROOT as call RAW.LOAD();
-- [shows]
-- keep_offsets
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- drain stream RAW.S
-- replace stream RAW.S ! loses-grants
-- resume task RAW.ROOT
