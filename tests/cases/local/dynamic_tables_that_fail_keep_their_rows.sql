-- reference C.3
-- clock 2026-03-01 09:00:00
CREATE WAREHOUSE w;
CREATE TABLE t (id INT, v INT);
INSERT INTO t VALUES (1, 10);
CREATE DYNAMIC TABLE shares TARGET_LAG = DOWNSTREAM WAREHOUSE = w AS SELECT id, 100 / v AS share FROM t;
CREATE DYNAMIC TABLE report TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT COUNT(*) AS n, SUM(share) AS s FROM shares;
CREATE DYNAMIC TABLE other TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT COUNT(*) AS n FROM t;
SELECT n, s FROM report;
-- > 1 | 10.000000
INSERT INTO t VALUES (2, 0);
-- tick 2026-03-01 09:01:00
SELECT n, s FROM report;
-- > 1 | 10.000000
SELECT n FROM other;
-- > 2
SELECT NAME, STATE, REFRESH_ACTION, STATE_MESSAGE FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(ERROR_ONLY => TRUE)) ORDER BY 1;
-- > REPORT | UPSTREAM_FAILED | NULL | The refresh of a dynamic table that this one reads has failed.
-- > SHARES | FAILED | NULL | Division by zero
-- a refresh by hand says what is wrong, and does not count
ALTER DYNAMIC TABLE shares REFRESH;
-- ! 100051
ALTER DYNAMIC TABLE report REFRESH;
-- ! 002753
-- the fifth in a row that the clock began suspends the table, and with it those below; a success begins the count anew
-- tick 2026-03-01 09:04:00
UPDATE t SET v = 20 WHERE id = 2;
-- tick 2026-03-01 09:05:00
SELECT n, s FROM report;
-- > 2 | 15.000000
INSERT INTO t VALUES (3, 0);
-- tick 2026-03-01 09:09:00
SHOW DYNAMIC TABLES;
SELECT "name", "scheduling_state" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > OTHER | RUNNING
-- > REPORT | RUNNING
-- > SHARES | RUNNING
-- tick 2026-03-01 09:30:00
SHOW DYNAMIC TABLES;
SELECT "name", "scheduling_state", "last_suspended_on" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > OTHER | RUNNING | NULL
-- > REPORT | SUSPENDED | 2026-03-01 09:10:00+00:00
-- > SHARES | SUSPENDED | 2026-03-01 09:10:00+00:00
SELECT NAME, SCHEDULING_STATE:reason_code::VARCHAR FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_GRAPH_HISTORY()) ORDER BY 1;
-- > OTHER | NULL
-- > REPORT | UPSTREAM_SUSPENDED_DUE_TO_ERRORS
-- > SHARES | SUSPENDED_DUE_TO_ERRORS
SELECT n, s FROM report;
-- > 2 | 15.000000
-- nobody resumes it but a person
DELETE FROM t WHERE id = 3;
INSERT INTO t VALUES (4, 40);
-- tick 2026-03-01 09:40:00
SELECT n FROM report;
-- > 2
ALTER DYNAMIC TABLE shares RESUME;
-- tick 2026-03-01 09:41:00
SELECT n FROM report;
-- > 3
-- a base table that is gone fails the refresh; it works again when it is there again
CREATE TABLE kept CLONE t;
DROP TABLE t;
-- tick 2026-03-01 09:43:00
SELECT n FROM report;
-- > 3
CREATE TABLE t CLONE kept;
INSERT INTO t VALUES (5, 50);
-- tick 2026-03-01 09:45:00
SELECT n FROM report;
-- > 4
-- CREATE fails, and leaves nothing behind, where the first refresh does
CREATE DYNAMIC TABLE broken TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT 1 / (id - 1) AS x FROM t;
-- ! 100051
SELECT * FROM broken;
-- ! 002003
