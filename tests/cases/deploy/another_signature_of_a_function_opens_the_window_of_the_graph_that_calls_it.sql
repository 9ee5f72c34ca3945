-- [current]
create schema RAW;
create table RAW.T (ID number);
create function RAW.NEXT(N number) returns number language sql as $$ N + 1 $$;
create procedure RAW.LOAD() returns varchar language sql as $$ begin insert into RAW.T select next(ID) from RAW.T; return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.LOAD();
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create function RAW.NEXT(N number, STEP number) returns number language sql as $$ N + STEP $$;
create procedure RAW.LOAD() returns varchar language sql as $$ begin insert into RAW.T select next(ID, 1) from RAW.T; return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.LOAD();
-- [shows]
-- open_windows
-- start_last
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- create function RAW.NEXT(NUMBER, NUMBER)
-- alter procedure RAW.LOAD()
-- drop function RAW.NEXT(NUMBER) ! deletes-object
-- resume task RAW.ROOT
