-- [current]
create schema RAW;
create role LOADER;
grant execute task on account to role LOADER;
create task RAW.A warehouse = W schedule = '60 minutes' as select 1;
-- [desired]
create schema RAW;
create role LOADER;
grant execute task on account to role LOADER;
create task RAW.A warehouse = W schedule = '60 minutes' as select 1;
grant ownership on task RAW.A to role LOADER;
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.A
-- wait for runs of task RAW.A
-- create grant on task RAW.A of OWNERSHIP ! widens-access
-- resume task RAW.A
