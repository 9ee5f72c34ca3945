-- [current]
create schema RAW;
create schema OLD;
create procedure OLD.P(A varchar) returns varchar language javascript as $$ return A; $$;
create task OLD.ROOT warehouse = W schedule = '60 minutes' as call OLD.P('x');
-- [desired]
create schema RAW;
-- [shows]
-- open_windows
-- order_drops
-- [plan]
-- suspend task OLD.ROOT
-- wait for runs of task OLD.ROOT
-- drop task OLD.ROOT ! deletes-object
-- drop procedure OLD.P(VARCHAR) ! deletes-object
-- drop schema OLD ! deletes-data:OLD
