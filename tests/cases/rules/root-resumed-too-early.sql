-- [bad] the last child is made later
create or replace task root warehouse = load_wh schedule = '5 minutes' as call extract();
alter task root resume; -- !
create or replace task child warehouse = load_wh after root as call load();
create or replace task grandchild warehouse = load_wh after child as call publish();
alter task grandchild resume;
alter task child resume;
-- [bad] the finalizer is resumed after the root, in another file of the sequence
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CLEANUP WAREHOUSE = LOAD_WH FINALIZE = RAW.ROOT AS CALL RAW.CLEAN();
ALTER TASK RAW.ROOT RESUME; -- !
-- file: V2__more.sql
ALTER TASK RAW.CLEANUP RESUME;
-- [almost bad] two graphs, each resumed when it is complete
CREATE TASK RAW.A WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.A_CHILD WAREHOUSE = LOAD_WH AFTER RAW.A AS CALL RAW.LOAD();
ALTER TASK RAW.A_CHILD RESUME;
ALTER TASK RAW.A RESUME;
CREATE TASK RAW.B WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.B_CHILD WAREHOUSE = LOAD_WH AFTER RAW.B AS CALL RAW.LOAD();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.B');
-- [almost bad] a child is resumed before its own child: only the root counts
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
CREATE TASK RAW.GRANDCHILD WAREHOUSE = LOAD_WH AFTER RAW.CHILD AS CALL RAW.PUBLISH();
ALTER TASK RAW.GRANDCHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
-- [bad] a look at the root in between
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.ROOT RESUME; -- !
DESCRIBE TASK RAW.ROOT;
SHOW TASKS IN SCHEMA RAW;
ALTER TASK RAW.CHILD RESUME;
