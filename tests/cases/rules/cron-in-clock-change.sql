-- [bad] the repeated hour, and the skipped one
create task raw.a warehouse = load_wh schedule = 'using cron 0 1 * * * America/New_York' as call raw.extract(); -- !
CREATE TASK RAW.B WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 2 * * SUN America/Los_Angeles' AS CALL RAW.EXTRACT(); -- !
-- [almost bad] UTC, a zone whose clocks do not change, and weekdays on which they never do
CREATE TASK RAW.A WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 30 2 * * * UTC' AS CALL RAW.EXTRACT();
CREATE TASK RAW.B WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 30 2 * * * Asia/Tokyo' AS CALL RAW.EXTRACT();
CREATE TASK RAW.C WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 30 2 * * 1-5 Europe/Berlin' AS CALL RAW.EXTRACT();
CREATE TASK RAW.D WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 */6 * * * Europe/Berlin' AS CALL RAW.EXTRACT();
ALTER TASK RAW.A RESUME;
ALTER TASK RAW.B RESUME;
ALTER TASK RAW.C RESUME;
ALTER TASK RAW.D RESUME;
