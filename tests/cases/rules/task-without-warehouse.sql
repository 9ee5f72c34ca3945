-- [bad] both
create task raw.root
  warehouse = load_wh
  user_task_managed_initial_warehouse_size = 'XSMALL' -- !
  schedule = '5 minutes'
as call raw.extract();
-- [bad] a child without
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD AFTER RAW.ROOT AS CALL RAW.LOAD(); -- !
-- [almost bad] set later, or in other words
CREATE TASK RAW.ROOT SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
ALTER TASK RAW.ROOT SET WAREHOUSE = LOAD_WH;
CREATE TASK RAW.CHILD TARGET_COMPLETION_INTERVAL = '5 MINUTES' AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
