-- [bad] a step that does not divide
create task raw.load warehouse = load_wh
  schedule = 'using cron */45 * * * * utc' -- !
as call raw.extract();
-- [almost bad] steps that divide, lists, and one restricted day field
CREATE TASK RAW.A WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON */15 */6 * * * UTC' AS CALL RAW.EXTRACT();
CREATE TASK RAW.B WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 6 1,15 * * UTC' AS CALL RAW.EXTRACT();
CREATE TASK RAW.C WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 5-50/7 6 * * 1-5 UTC' AS CALL RAW.EXTRACT();
ALTER TASK RAW.A RESUME;
ALTER TASK RAW.B RESUME;
ALTER TASK RAW.C RESUME;
