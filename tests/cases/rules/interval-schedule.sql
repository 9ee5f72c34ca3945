-- [bad] in hours, and by ALTER
create task raw.load warehouse = load_wh schedule = '24 hours' as call raw.extract(); -- !
ALTER TASK RAW.LOAD SET SCHEDULE = '2880 MINUTES'; -- !
-- [almost bad] intervals within the hour, and hours that are only told
CREATE TASK RAW.A WAREHOUSE = LOAD_WH SCHEDULE = '15 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.B WAREHOUSE = LOAD_WH SCHEDULE = '90 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.C WAREHOUSE = LOAD_WH SCHEDULE = '1 HOUR' AS CALL RAW.EXTRACT();
ALTER TASK RAW.A RESUME;
ALTER TASK RAW.B RESUME;
ALTER TASK RAW.C RESUME;
