-- [bad] refused, and without effect
create task raw.root warehouse = load_wh schedule = '5 minutes' as call raw.extract();
create task raw.child
  warehouse = load_wh
  allow_overlapping_execution = true -- !
  suspend_task_after_num_failures = 3 -- !
  after raw.root
as call raw.load();
-- [bad] a finalizer with a failure limit
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.LAST WAREHOUSE = LOAD_WH SUSPEND_TASK_AFTER_NUM_FAILURES = 3 FINALIZE = RAW.ROOT AS CALL RAW.CLEAN(); -- !
-- [almost bad] a time limit and a session parameter are a child's own
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' CONFIG = '{"days": 3}' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH USER_TASK_TIMEOUT_MS = 60000 TIMEZONE = 'UTC' AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
