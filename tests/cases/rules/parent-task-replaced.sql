-- [bad] the middle of a chain
create or replace task raw.root warehouse = load_wh schedule = '5 minutes' as call raw.extract();
create or replace task raw.middle warehouse = load_wh after raw.root as call raw.load();
create or replace task raw.last warehouse = load_wh after raw.middle as call raw.publish();
create or replace task raw.middle warehouse = load_wh after raw.root as call raw.load_more(); -- !
-- [almost bad] linked again, or made again
CREATE OR REPLACE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE OR REPLACE TASK RAW.A WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_A();
CREATE OR REPLACE TASK RAW.B WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_B();
CREATE OR REPLACE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '9 MINUTES' AS CALL RAW.EXTRACT();
CREATE OR REPLACE TASK RAW.A WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_A();
ALTER TASK RAW.B ADD AFTER RAW.ROOT;
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
