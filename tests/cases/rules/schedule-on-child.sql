-- [bad] by ALTER
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD SET SCHEDULE = '5 MINUTES'; -- !
-- [bad] lower case, the schedule on a line of its own
create or replace task root warehouse = load_wh schedule = '5 minutes' as call extract();
create or replace task child
  warehouse = load_wh
  schedule = 'USING CRON 0 6 * * * UTC' -- !
  after root
as call load();
-- [almost bad] the schedule goes before the predecessor comes
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD UNSET SCHEDULE;
ALTER TASK RAW.CHILD ADD AFTER RAW.ROOT;
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
