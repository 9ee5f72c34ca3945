-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create schema ZZZ;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call ZZZ.P('x');
create procedure ZZZ.P(A varchar) returns varchar language javascript execute as caller as $$ return A; $$;
-- [shows]
-- start_tasks
-- start_last
-- [plan]
-- create schema ZZZ
-- create procedure ZZZ.P(VARCHAR)
-- create task RAW.ROOT
-- resume task RAW.ROOT
