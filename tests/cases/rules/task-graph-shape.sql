-- [bad] two roots, one below a child
create task raw.r1 warehouse = load_wh schedule = '5 minutes' as call raw.extract();
create task raw.c1 warehouse = load_wh after raw.r1 as call raw.load();
create task raw.r2 warehouse = load_wh schedule = '5 minutes' as call raw.extract_more();
create task raw.joined warehouse = load_wh
  after raw.c1, raw.r2 -- !
as call raw.publish();
create task raw.below warehouse = load_wh after raw.joined as call raw.tell();
-- [bad] a task after itself
CREATE TASK RAW.A WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.LOAD_A();
ALTER TASK RAW.A UNSET SCHEDULE;
ALTER TASK RAW.A ADD AFTER RAW.A; -- !
-- [almost bad] a diamond, and a circle that was taken apart
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.A WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_A();
CREATE TASK RAW.B WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_B();
CREATE TASK RAW.C WAREHOUSE = LOAD_WH AFTER RAW.A, RAW.B AS CALL RAW.LOAD_C();
ALTER TASK RAW.A ADD AFTER RAW.C;
ALTER TASK RAW.A REMOVE AFTER RAW.C;
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
