-- [current]
create schema RAW;
create role LOADER;
grant execute task on account to role LOADER;
create task RAW.A warehouse = W schedule = '60 minutes' as select 1;
create task RAW.B warehouse = W after RAW.A as select 1;
-- [desired]
create schema RAW;
create role LOADER;
grant execute task on account to role LOADER;
create task RAW.A warehouse = W schedule = '60 minutes' as select 1;
create task RAW.B warehouse = W after RAW.A as select 1;
grant ownership on task RAW.B to role LOADER;
-- [shows]
-- open_windows
-- restore_grants
-- [plan]
-- refused: task RAW.B is part of a task graph: another owner cuts its links
-- suspend task RAW.A
-- wait for runs of task RAW.A
-- create grant on task RAW.B of OWNERSHIP ! widens-access
-- resume task RAW.A
