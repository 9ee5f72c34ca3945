-- reference A.10
CREATE TABLE src (id INT);
CREATE TABLE kept (id INT);
CREATE STREAM changes ON TABLE src;
-- proves A.10 "Serverless form requires TARGET_COMPLETION_INTERVAL."
CREATE TASK takes WHEN SYSTEM$STREAM_HAS_DATA('changes') AS INSERT INTO kept SELECT id FROM changes;
ALTER TASK takes RESUME;
-- ! needs a TARGET_COMPLETION_INTERVAL
CREATE OR REPLACE TASK takes WAREHOUSE = w TARGET_COMPLETION_INTERVAL = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('changes') AS SELECT 1;
-- ! 091857 (42601): TARGET_COMPLETION_INTERVAL is only allowed for serverless Tasks.
CREATE OR REPLACE TASK takes WAREHOUSE = w USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 9 WHEN SYSTEM$STREAM_HAS_DATA('changes') AS SELECT 1;
-- ! Invalid value 9
CREATE OR REPLACE TASK takes WAREHOUSE = w WHEN SYSTEM$STREAM_HAS_DATA('changes') AS INSERT INTO kept SELECT id FROM changes;
CREATE TASK never WAREHOUSE = w WHEN 1 = 1 AS SELECT 1;
ALTER TASK never RESUME;
-- ! has neither a schedule nor predecessors
-- proves A.10 "No SCHEDULE, no AFTER, WHEN SYSTEM$STREAM_HAS_DATA(...)"
-- proves A.10 "SHOW gives schedule NULL; history SCHEDULED_FROM = TRIGGER."
INSERT INTO src VALUES (1);
SELECT COUNT(*) FROM kept;
-- > 0
ALTER TASK takes RESUME;
-- wait
SELECT COUNT(*) FROM kept;
-- > 1
SELECT NAME, STATE, SCHEDULED_FROM FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY());
-- > TAKES | SUCCEEDED | TRIGGER
-- not again within 30 seconds
-- proves A.10 "Not earlier than 30 s after the previous run unless lowered to 10 s."
-- proves A.9 "HAS_DATA may give false positives, never false negatives."
INSERT INTO src VALUES (2);
SELECT 1;
-- wait
SELECT COUNT(*) FROM kept;
-- > 1
ALTER TASK takes SUSPEND;
SHOW TASKS LIKE 'takes';
SELECT "schedule", "state" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > NULL | suspended
-- proves A.10 "Sources: tables, views, dynamic/Iceberg tables, shares, directory tables (after a refresh)."
-- clock 2027-03-01 09:00:00
CREATE VIEW most AS SELECT id FROM src WHERE id > 100;
CREATE STREAM on_view ON VIEW most;
CREATE DYNAMIC TABLE dt SCHEDULER = DISABLE WAREHOUSE = w AS SELECT id FROM src;
CREATE STREAM on_dt ON DYNAMIC TABLE dt;
CREATE TASK by_view WAREHOUSE = w WHEN SYSTEM$STREAM_HAS_DATA('on_view') AS INSERT INTO kept SELECT id FROM on_view;
CREATE TASK by_dt WAREHOUSE = w WHEN SYSTEM$STREAM_HAS_DATA('on_dt') AS INSERT INTO kept SELECT -id FROM on_dt WHERE METADATA$ACTION = 'INSERT';
ALTER TASK by_view RESUME;
ALTER TASK by_dt RESUME;
INSERT INTO src VALUES (101);
ALTER DYNAMIC TABLE dt REFRESH;
-- tick 2027-03-01 09:05:00
SELECT id FROM kept WHERE ABS(id) > 100 ORDER BY id;
-- > -101
-- > 101
-- refuses A.10 "Not: hybrid tables, streams on external tables."
CREATE HYBRID TABLE h (id INT PRIMARY KEY);
-- ! not supported by the local account: statement CREATE HYBRID TABLE
CREATE STREAM on_external ON EXTERNAL TABLE x INSERT_ONLY = TRUE;
-- ! not supported by the local account
-- proves A.10 "Without data a check every 12 h keeps streams fresh."
-- proves A.2 "A triggered task is still evaluated every 12 h even if larger."
CREATE STREAM unasked ON TABLE src;
-- tick 2027-04-15 09:00:00
SHOW STREAMS LIKE 'on_view' ->> SELECT "stale" FROM $1;
-- > false
SHOW STREAMS LIKE 'unasked' ->> SELECT "stale" FROM $1;
-- > true
