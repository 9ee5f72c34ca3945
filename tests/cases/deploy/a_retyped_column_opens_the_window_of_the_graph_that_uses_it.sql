-- [current]
create schema RAW;
create table RAW.T (NAME varchar(10));
create procedure RAW.P() returns varchar language sql as $$ begin insert into RAW.T values ('x'); return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.P();
-- [desired]
create schema RAW;
create table RAW.T (NAME varchar(20));
create procedure RAW.P() returns varchar language sql as $$ begin insert into RAW.T values ('x'); return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.P();
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- alter table RAW.T
-- resume task RAW.ROOT
-- no way back: a column cannot be made narrower
