-- [current]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language sql as $$ begin return a; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.P('x');
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar, B number) returns varchar language sql as $$ begin return a; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.P('x', 1);
-- [shows]
-- open_windows
-- start_last
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- create procedure RAW.P(VARCHAR, NUMBER)
-- alter task RAW.ROOT
-- drop procedure RAW.P(VARCHAR) ! deletes-object
-- resume task RAW.ROOT
