-- [desired]
create schema RAW;
create schema ZZZ;
create table ZZZ.T (ID number);
create procedure ZZZ.P() returns varchar language sql as $$ begin insert into ZZZ.T select 1; return 'ok'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call ZZZ.P();
-- [shows]
-- start_tasks
-- start_last
-- [plan]
-- create schema RAW
-- create schema ZZZ
-- create table ZZZ.T
-- create procedure ZZZ.P()
-- create task RAW.ROOT
-- resume task RAW.ROOT
