-- [bad] in the next migration
create or alter task raw.load warehouse = load_wh schedule = '5 minutes' config = '{"days": 3}' as call raw.extract();
-- file: V2__more.sql
create or alter task raw.load warehouse = load_wh schedule = '5 minutes' as call raw.extract(); -- !
-- [almost bad] a schedule that becomes a predecessor, a comment, and a task made anew
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' COMMENT = 'soon a child' AS CALL RAW.LOAD();
CREATE OR ALTER TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
CREATE TASK RAW.OTHER WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' CONFIG = '{"days": 3}' AS CALL RAW.COUNT();
DROP TASK RAW.OTHER;
CREATE OR ALTER TASK RAW.OTHER WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.COUNT();
ALTER TASK RAW.OTHER RESUME;
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
