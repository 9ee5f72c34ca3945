-- reference C.1, C.3, C.7: refreshed by the clock
-- clock 2026-03-01 09:00:00
CREATE WAREHOUSE w;
CREATE TABLE t (id INT, v INT);
INSERT INTO t VALUES (1, 10);
-- a diamond: one base table, two tables on it, one on both; each is refreshed once, at one data timestamp
CREATE DYNAMIC TABLE base_copy TARGET_LAG = DOWNSTREAM WAREHOUSE = w AS SELECT id, v FROM t;
CREATE DYNAMIC TABLE left_side TARGET_LAG = DOWNSTREAM WAREHOUSE = w AS SELECT id, v * 2 AS d FROM base_copy;
CREATE DYNAMIC TABLE right_side TARGET_LAG = 'DOWNSTREAM' WAREHOUSE = w AS SELECT id, v + 1 AS u FROM base_copy;
CREATE DYNAMIC TABLE both_sides TARGET_LAG = '60 SECONDS' WAREHOUSE = w
  AS SELECT l.id, l.d, r.u, (SELECT COUNT(*) FROM t) AS n FROM left_side l JOIN right_side r ON r.id = l.id;
SELECT * FROM both_sides;
-- > 1 | 20 | 11 | 1
INSERT INTO t VALUES (2, 20);
SELECT COUNT(*) FROM base_copy;
-- > 1
-- tick 2026-03-01 09:00:59
SELECT COUNT(*) FROM both_sides;
-- > 1
-- tick 2026-03-01 09:01:00
SELECT * FROM both_sides ORDER BY id;
-- > 1 | 20 | 11 | 2
-- > 2 | 40 | 21 | 2
SELECT NAME, STATE, REFRESH_ACTION, REFRESH_TRIGGER, TO_VARCHAR(DATA_TIMESTAMP, 'HH24:MI:SS'), TARGET_LAG_SEC,
  STATISTICS:numInsertedRows::INT FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(
  DATA_TIMESTAMP_START => '2026-03-01 09:00:30'::TIMESTAMP_LTZ)) ORDER BY 1;
-- > BASE_COPY | SUCCEEDED | INCREMENTAL | SCHEDULED | 09:01:00 | NULL | 1
-- > BOTH_SIDES | SUCCEEDED | FULL | SCHEDULED | 09:01:00 | 60 | 2
-- > LEFT_SIDE | SUCCEEDED | INCREMENTAL | SCHEDULED | 09:01:00 | NULL | 1
-- > RIGHT_SIDE | SUCCEEDED | INCREMENTAL | SCHEDULED | 09:01:00 | NULL | 1
-- nothing new: NO_DATA, again a minute later
-- tick 2026-03-01 09:02:00
SELECT NAME, REFRESH_ACTION FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'DB.S.LEFT_SIDE', RESULT_LIMIT => 1));
-- > LEFT_SIDE | NO_DATA
SHOW DYNAMIC TABLES;
SELECT "name", "target_lag", "scheduler", "refresh_mode", "refresh_mode_reason", "scheduling_state"
  FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > BASE_COPY | DOWNSTREAM | ENABLE | INCREMENTAL | NULL | RUNNING
-- > BOTH_SIDES | 1 minute | ENABLE | FULL | QUERY_NOT_SUPPORTED_FOR_INCREMENTAL | RUNNING
-- > LEFT_SIDE | DOWNSTREAM | ENABLE | INCREMENTAL | NULL | RUNNING
-- > RIGHT_SIDE | DOWNSTREAM | ENABLE | INCREMENTAL | NULL | RUNNING
-- a suspended table takes along all that is below it; a refresh by hand still works, and takes along what is above it
ALTER DYNAMIC TABLE left_side SUSPEND;
SHOW DYNAMIC TABLES;
SELECT "name", "scheduling_state", "last_suspended_on" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > BASE_COPY | RUNNING | NULL
-- > BOTH_SIDES | SUSPENDED | 2026-03-01 09:02:00+00:00
-- > LEFT_SIDE | SUSPENDED | 2026-03-01 09:02:00+00:00
-- > RIGHT_SIDE | RUNNING | NULL
INSERT INTO t VALUES (3, 30);
-- tick 2026-03-01 09:10:00
SELECT COUNT(*) FROM both_sides;
-- > 2
SELECT COUNT(*) FROM right_side;
-- > 2
ALTER DYNAMIC TABLE both_sides REFRESH;
-- > {"insertedRows":3,"deletedRows":2}
SELECT COUNT(*) FROM right_side;
-- > 3
-- only the one that was suspended by itself can be resumed, and it takes along what it had taken along
ALTER DYNAMIC TABLE both_sides RESUME;
SHOW DYNAMIC TABLES LIKE 'BOTH_SIDES';
SELECT "scheduling_state" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > SUSPENDED
ALTER DYNAMIC TABLE left_side RESUME;
SHOW DYNAMIC TABLES LIKE 'BOTH_SIDES';
SELECT "scheduling_state" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > RUNNING
SELECT SCHEDULING_STATE:state::VARCHAR, SCHEDULING_STATE:reason_code::VARCHAR, ALTER_TRIGGER[0]::VARCHAR, TARGET_LAG_TYPE,
  TO_VARCHAR(VALID_FROM, 'HH24:MI:SS'), TO_VARCHAR(VALID_TO, 'HH24:MI:SS'), ARRAY_SIZE(INPUTS)
  FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_GRAPH_HISTORY(HISTORY_START => '2026-03-01 09:00:00'::TIMESTAMP_LTZ)) WHERE NAME = 'BOTH_SIDES' ORDER BY VALID_FROM;
-- > ACTIVE | NULL | CREATE_DYNAMIC_TABLE | USER_DEFINED | 09:00:00 | 09:02:00 | 3
-- > SUSPENDED | UPSTREAM_USER_SUSPENDED | SUSPEND | USER_DEFINED | 09:02:00 | 09:10:00 | 3
-- > ACTIVE | NULL | RESUME | USER_DEFINED | 09:10:00 | NULL | 3
SELECT NAME, TARGET_LAG_SEC FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_GRAPH_HISTORY()) ORDER BY 1;
-- > BASE_COPY | NULL
-- > BOTH_SIDES | 60
-- > LEFT_SIDE | NULL
-- > RIGHT_SIDE | NULL
-- a lag of one's own is not below that of a table above, and at least a minute
CREATE DYNAMIC TABLE faster TARGET_LAG = '59 seconds' WAREHOUSE = w AS SELECT id FROM t;
-- ! at least 60 seconds
CREATE DYNAMIC TABLE faster TARGET_LAG = 'soon' WAREHOUSE = w AS SELECT id FROM t;
-- ! at least 60 seconds
ALTER DYNAMIC TABLE left_side SET TARGET_LAG = '1 hour';
-- ! less than the 1 hour of DB.S.LEFT_SIDE
ALTER DYNAMIC TABLE both_sides SET TARGET_LAG = '2 hours';
ALTER DYNAMIC TABLE left_side SET TARGET_LAG = '1 hour';
SHOW DYNAMIC TABLES LIKE 'BOTH_SIDES';
SELECT "target_lag" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 2 hours
-- without a scheduler a table is refreshed by hand only, and alone
ALTER DYNAMIC TABLE left_side SET SCHEDULER = DISABLE;
INSERT INTO t VALUES (4, 40);
-- tick 2026-03-01 14:00:00
SELECT COUNT(*) FROM left_side;
-- > 3
SELECT COUNT(*) FROM right_side;
-- > 4
ALTER DYNAMIC TABLE left_side REFRESH;
-- > {"insertedRows":1,"deletedRows":0}
-- what nobody below needs is never refreshed by the clock
CREATE DYNAMIC TABLE alone TARGET_LAG = DOWNSTREAM WAREHOUSE = w AS SELECT id FROM t;
INSERT INTO t VALUES (5, 50);
-- tick 2026-03-02 14:00:00
SELECT COUNT(*) FROM alone;
-- > 4
-- several by hand, none of them twice
ALTER DYNAMIC TABLE alone, left_side REFRESH;
-- > {"insertedRows":1,"deletedRows":0}
-- > {"insertedRows":1,"deletedRows":0}
ALTER DYNAMIC TABLE alone, alone REFRESH;
-- ! 002008
ALTER DYNAMIC TABLE IF EXISTS nowhere REFRESH;
-- > Statement executed successfully.
-- a copy stands still until somebody resumes it
CREATE SCHEMA copies CLONE s;
USE SCHEMA s;
SELECT SCHEDULING_STATE:reason_code::VARCHAR FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_GRAPH_HISTORY())
  WHERE SCHEMA_NAME = 'COPIES' AND NAME = 'BOTH_SIDES';
-- > CLONED_AUTO_SUSPENDED
-- a table that is not initialized waits for its lag
CREATE DYNAMIC TABLE later TARGET_LAG = '5 minutes' WAREHOUSE = w INITIALIZE = ON_SCHEDULE AS SELECT id FROM t;
SELECT * FROM later;
-- ! 002741
-- tick 2026-03-02 14:05:00
SELECT COUNT(*) FROM later;
-- > 5
CREATE DYNAMIC TABLE old_word LAG = '1 minute' WAREHOUSE = w AS SELECT id FROM t;
-- ! LAG of a dynamic table
CREATE DYNAMIC TABLE frozen TARGET_LAG = '1 minute' WAREHOUSE = w FROZEN WHERE (id < 2) AS SELECT id FROM t;
-- ! FROZEN WHERE
-- one that is refreshed in full leaves those that read it no other way
CREATE DYNAMIC TABLE below_full TARGET_LAG = '3 hours' WAREHOUSE = w AS SELECT id FROM both_sides;
SHOW DYNAMIC TABLES LIKE 'BELOW_FULL';
SELECT "refresh_mode", "refresh_mode_reason" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > FULL | UPSTREAM_USES_FULL_REFRESH
CREATE DYNAMIC TABLE below_full2 TARGET_LAG = '3 hours' WAREHOUSE = w REFRESH_MODE = INCREMENTAL AS SELECT id FROM both_sides;
-- ! 002711
-- a function that reads tables, a view, the time: refreshed for all that they see, also where the table itself stands still
CREATE TABLE rates (r INT);
INSERT INTO rates VALUES (2);
CREATE TABLE amounts (a INT);
INSERT INTO amounts VALUES (10);
CREATE FUNCTION rate() RETURNS INT AS 'SELECT MAX(r) FROM rates';
CREATE VIEW newest AS SELECT MAX(r) AS r FROM rates;
CREATE DYNAMIC TABLE by_function TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT a * rate() AS v FROM amounts;
CREATE DYNAMIC TABLE by_view TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT a * r AS v FROM amounts CROSS JOIN newest;
CREATE DYNAMIC TABLE by_time TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT a FROM amounts WHERE CURRENT_TIMESTAMP() < '2026-03-02 14:07:00'::TIMESTAMP_LTZ;
CREATE DYNAMIC TABLE by_table TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT a FROM amounts;
INSERT INTO rates VALUES (3);
-- tick 2026-03-02 14:06:00
SELECT f.v, v.v, (SELECT COUNT(*) FROM by_time) FROM by_function f, by_view v;
-- > 30 | 30 | 1
-- tick 2026-03-02 14:08:00
SELECT COUNT(*) FROM by_time;
-- > 0
-- rows that another transaction has not committed yet are seen when it has
BEGIN;
INSERT INTO amounts VALUES (20);
-- tick 2026-03-02 14:09:00
COMMIT;
-- tick 2026-03-02 14:10:00
SELECT a FROM by_table ORDER BY a;
-- > 10
-- > 20
TRUNCATE TABLE amounts;
-- tick 2026-03-02 14:11:00
SELECT COUNT(*) FROM by_table;
-- > 0
