-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create schema ZZZ;
create table RAW.T (ID number);
create function ZZZ.NEXT(N number) returns number language sql as $$ N + 1 $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.T select ZZZ.NEXT(ID) from RAW.T;
-- [shows]
-- start_tasks
-- start_last
-- [plan]
-- create schema ZZZ
-- create table RAW.T
-- create function ZZZ.NEXT(NUMBER)
-- create task RAW.ROOT
-- resume task RAW.ROOT
