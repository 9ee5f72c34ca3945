-- reference A.1, A.2
CREATE TABLE log (t VARCHAR);
CREATE TAG tg;
CREATE WAREHOUSE w;
CREATE TASK root WAREHOUSE = w SCHEDULE = '60 MINUTES' AS SELECT 1;
-- proves A.1 "Parsers should accept any order of the NAME = value properties"
-- proves A.1 "[ WAREHOUSE = <wh> | USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = <size> ]"
-- proves A.1 "[ USER_TASK_TIMEOUT_MS = <n> ] [ SUSPEND_TASK_AFTER_NUM_FAILURES = <n> ]"
-- proves A.1 "[ ERROR_INTEGRATION = <notif int> ] [ SUCCESS_INTEGRATION = <notif int> ]"
-- proves A.1 "[ LOG_LEVEL = '<level>' ] [ COMMENT = '<text>' ]"
-- proves A.1 "[ TASK_AUTO_RETRY_ATTEMPTS = <n> ]"
-- proves A.1 "[ OVERLAP_POLICY = NO_OVERLAP | ALLOW_CHILD_OVERLAP | ALLOW_ALL_OVERLAP ]"
-- proves A.2 "Notification integration names."
CREATE TASK one COMMENT = 'c' LOG_LEVEL = 'INFO' SUCCESS_INTEGRATION = good SCHEDULE = '1 H' WAREHOUSE = w USER_TASK_TIMEOUT_MS = 5000
  ERROR_INTEGRATION = bad OVERLAP_POLICY = ALLOW_ALL_OVERLAP SUSPEND_TASK_AFTER_NUM_FAILURES = 3 TASK_AUTO_RETRY_ATTEMPTS = 1 AS SELECT 1;
SHOW TASKS LIKE 'one' ->> SELECT "warehouse", "schedule", "comment", "error_integration", "success_integration", "allow_overlapping_execution" FROM $1;
-- > W | 1 H | c | BAD | GOOD | true
-- proves A.13 "lists session and task parameters with level"
SHOW PARAMETERS FOR TASK one ->> SELECT "key", "value", "default", "level" FROM $1 WHERE "level" <> '' ORDER BY 1;
-- > LOG_LEVEL | INFO | OFF | TASK
-- > SUSPEND_TASK_AFTER_NUM_FAILURES | 3 | 10 | TASK
-- > TASK_AUTO_RETRY_ATTEMPTS | 1 | 0 | TASK
-- > USER_TASK_TIMEOUT_MS | 5000 | 3600000 | TASK
SHOW PARAMETERS LIKE 'user_task_t%' IN TASK root ->> SELECT "key", "value", "level" FROM $1;
-- > USER_TASK_TIMEOUT_MS | 3600000 | 
SHOW PARAMETERS FOR WAREHOUSE w;
-- ! not supported by the local account: SHOW PARAMETERS of anything but a task
-- proves A.1 "AS swallows the rest of the statement."
-- proves A.1 "AS <sql>"
-- proves A.13 "| definition, condition | text as written |"
CREATE TASK swallows AS insert  into log SELECT 'WAREHOUSE = w' AS AFTER_ALL WHERE 1 = 1;
DESC TASK swallows ->> SELECT "definition" FROM $1;
-- > insert  into log SELECT 'WAREHOUSE = w' AS AFTER_ALL WHERE 1 = 1
-- proves A.1 "CREATE [OR REPLACE] TASK [IF NOT EXISTS] <name>"
CREATE TASK IF NOT EXISTS one AS SELECT 2;
-- > ONE already exists, statement succeeded.
CREATE OR REPLACE TASK swallows AS SELECT 3;
-- > Task SWALLOWS successfully created.
-- refuses A.1 "[ [WITH] TAG (<tag>='v'[, ...]) ] [ WITH CONTACT (<purpose>=<contact>[, ...]) ]"
CREATE TASK tagged WITH TAG (tg = 'v') AS SELECT 1;
CREATE TASK tagged2 TAG (nothing = 'v') AS SELECT 1;
-- ! 002003
CREATE TASK contact WITH CONTACT (support = me) AS SELECT 1;
-- ! not supported by the local account: WITH CONTACT of TASK
-- proves A.1 "[ SCHEDULE = '<n> {HOUR[S]|H|MINUTE[S]|M|SECOND[S]|S}'"
CREATE TASK h1 SCHEDULE = '2 HOURS' AS SELECT 1;
CREATE TASK h2 SCHEDULE = '2 hour' AS SELECT 1;
CREATE TASK m1 SCHEDULE = '5 MINUTE' AS SELECT 1;
CREATE TASK m2 SCHEDULE = '5 M' AS SELECT 1;
CREATE TASK s1 SCHEDULE = '10 SECONDS' AS SELECT 1;
CREATE TASK s2 SCHEDULE = '10 S' AS SELECT 1;
CREATE TASK s3 SCHEDULE = '10' AS SELECT 1;
-- ! Invalid schedule
CREATE TASK c1 SCHEDULE = 'USING CRON */5 0-6,8 L JAN-MAR 5L Europe/Berlin' AS SELECT 1;
SHOW TASKS LIKE 'c1' ->> SELECT "schedule" FROM $1;
-- > USING CRON */5 0-6,8 L JAN-MAR 5L Europe/Berlin
-- proves A.1 "[ CONFIG = '<json object>' | $$<json object>$$ ]"
-- proves A.2 "Set replaces the whole value. Readable in all tasks of the graph."
CREATE TASK conf WAREHOUSE = w CONFIG = $${"a": {"b": 1}, "c": 2}$$ AS INSERT INTO log SELECT SYSTEM$GET_TASK_GRAPH_CONFIG('a.b');
CREATE TASK below_conf WAREHOUSE = w AFTER conf AS INSERT INTO log SELECT 'below ' || SYSTEM$GET_TASK_GRAPH_CONFIG('c');
ALTER TASK below_conf RESUME;
EXECUTE TASK conf;
-- wait
SELECT t FROM log ORDER BY t;
-- > 1
-- > below 2
ALTER TASK conf SET CONFIG = '{"c": 3}';
DESC TASK conf ->> SELECT "config" FROM $1;
-- > {"c": 3}
CREATE TASK bad CONFIG = '[1]' AS SELECT 1;
-- ! CONFIG is not a JSON object.
-- proves A.1 "[ ALLOW_OVERLAPPING_EXECUTION = TRUE|FALSE ]"
-- proves A.2 "ALLOW_OVERLAPPING_EXECUTION TRUE = ALLOW_CHILD_OVERLAP, FALSE = NO_OVERLAP"
CREATE TASK ov ALLOW_OVERLAPPING_EXECUTION = TRUE AS SELECT 1;
CREATE TASK nov OVERLAP_POLICY = NO_OVERLAP AS SELECT 1;
SHOW TASKS LIKE '%ov' ->> SELECT "name", "allow_overlapping_execution" FROM $1 ORDER BY 1;
-- > NOV | false
-- > OV | true
CREATE TASK bad AFTER ov ALLOW_OVERLAPPING_EXECUTION = TRUE AS SELECT 1;
-- ! Cannot set allow_overlapping_execution on non-root task
-- proves A.1 "[ <session_parameter> = <value> [, ...] ]"
-- proves A.2 "Not allowed: SEARCH_PATH (any value), AUTOCOMMIT=FALSE."
CREATE TASK sess WAREHOUSE = w QUERY_TAG = 'x', STATEMENT_TIMEOUT_IN_SECONDS = 20 AS SELECT 1;
SHOW PARAMETERS FOR TASK one ->> SELECT "value", "level" FROM $1 WHERE "key" = 'TIMEZONE';
-- > UTC | 
CREATE TASK bad SEARCH_PATH = 'x' AS SELECT 1;
-- ! SEARCH_PATH
CREATE TASK bad AUTOCOMMIT = FALSE AS SELECT 1;
-- ! AUTOCOMMIT
CREATE TASK bad TIMEZONE = 'Europe/Berlin' AS SELECT 1;
-- ! not supported
CREATE TASK bad NETWORK_POLICY = x AS SELECT 1;
-- ! not supported by the local account: session parameter NETWORK_POLICY of a task
-- proves A.1 "[ FINALIZE = <root task> ]"
-- proves A.2 "| FINALIZE | finalizer | | Excludes SCHEDULE and AFTER. |"
CREATE TASK fin FINALIZE = root AS SELECT 1;
CREATE TASK bad FINALIZE = one SCHEDULE = '1 H' AS SELECT 1;
-- ! cannot have a schedule
CREATE TASK bad FINALIZE = one AFTER root AS SELECT 1;
-- ! cannot have predecessors
DESC TASK fin ->> SELECT "task_relations" FROM $1;
-- > {"Predecessors": [], "FinalizedRootTask": "DB.S.ROOT"}
-- proves A.1 "[ USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = <n> ]"
CREATE TASK bad USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 604801 AS SELECT 1;
-- ! Invalid value 604801
CREATE TASK trig WAREHOUSE = w USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS = 10 WHEN SYSTEM$STREAM_HAS_DATA('X') AS SELECT 1;
SHOW PARAMETERS LIKE '%TRIGGER%' FOR TASK trig ->> SELECT "value" FROM $1;
-- > 10
-- proves A.1 "[ TARGET_COMPLETION_INTERVAL = '<n> <unit>' ]"
-- proves A.2 "10–86400 s / 1–1440 min / 1–24 h"
CREATE TASK tci TARGET_COMPLETION_INTERVAL = '5 MINUTES' AS SELECT 1;
SHOW TASKS LIKE 'tci' ->> SELECT "target_completion_interval" FROM $1;
-- > 5 MINUTES
CREATE TASK bad TARGET_COMPLETION_INTERVAL = '25 HOURS' AS SELECT 1;
-- ! Invalid value 25 HOURS
CREATE TASK bad TARGET_COMPLETION_INTERVAL = '9 SECONDS' AS SELECT 1;
-- ! Invalid value 9 SECONDS
CREATE TASK bad WAREHOUSE = w TARGET_COMPLETION_INTERVAL = '5 MINUTES' AS SELECT 1;
-- ! 091857 (42601): TARGET_COMPLETION_INTERVAL is only allowed for serverless Tasks.
ALTER TASK tci SET WAREHOUSE = w;
-- ! 091857
-- proves A.1 "[ SERVERLESS_TASK_MIN_STATEMENT_SIZE = '<size>' ]"
-- proves A.2 "MIN <= INITIAL <= MAX. Inheritable."
-- proves A.2 "Cannot set USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE on a non-serverless task."
CREATE TASK sizes SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'SMALL' USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'MEDIUM' SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'X2LARGE' AS SELECT 1;
CREATE TASK bad SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'LARGE' SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'SMALL' AS SELECT 1;
-- ! MIN <= INITIAL <= MAX
CREATE TASK bad USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'HUGE' AS SELECT 1;
-- ! Invalid value HUGE
CREATE TASK bad USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'MEDIUM' WAREHOUSE = w AS SELECT 1;
-- ! Cannot set USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE on a non-serverless task.
ALTER SCHEMA s SET SERVERLESS_TASK_MAX_STATEMENT_SIZE = 'XLARGE';
SHOW PARAMETERS LIKE 'SERVERLESS%' FOR TASK one ->> SELECT "value", "level" FROM $1 ORDER BY 1;
-- > XLARGE | SCHEMA
-- > XSMALL | 
ALTER SCHEMA s UNSET SERVERLESS_TASK_MAX_STATEMENT_SIZE;
-- proves A.1 "[ AFTER <task> [, <task> ...] ]"
-- proves A.13 "| predecessors | JSON array of fully qualified names, [] for none |"
CREATE TASK two AFTER root, db.s.one AS SELECT 1;
DROP TASK two;
CREATE TASK two AFTER root AS SELECT 1;
DESC TASK two ->> SELECT "predecessors" FROM $1;
-- > ["DB.S.ROOT"]
-- refuses A.1 "[ EXECUTE AS USER <user> ]"
-- refuses A.2 "Owner role needs IMPERSONATE on the user"
CREATE TASK bad EXECUTE AS USER me AS SELECT 1;
-- ! not supported by the local account: task property EXECUTE AS USER
-- proves A.1 "[ WHEN <boolean expr> ]"
CREATE TASK cond WAREHOUSE = w WHEN NOT (1 = 2 OR FALSE) AND '3'::NUMBER > 2 AS INSERT INTO log VALUES ('cond');
EXECUTE TASK cond;
-- wait
SELECT COUNT(*) FROM log WHERE t = 'cond';
-- > 1
-- proves A.1 "Same clauses minus TAG, CONTACT, LOG_LEVEL, trigger interval, TARGET_COMPLETION_INTERVAL, SERVERLESS sizes"
CREATE OR ALTER TASK one WAREHOUSE = w TAG (tg = 'x') AS SELECT 1;
-- ! CREATE OR ALTER TASK has no TAG
CREATE OR ALTER TASK one LOG_LEVEL = 'INFO' AS SELECT 1;
-- ! CREATE OR ALTER TASK has no LOG_LEVEL
CREATE OR ALTER TASK one SERVERLESS_TASK_MIN_STATEMENT_SIZE = 'SMALL' AS SELECT 1;
-- ! CREATE OR ALTER TASK has no SERVERLESS
CREATE OR ALTER TASK IF NOT EXISTS one AS SELECT 1;
-- ! has no IF NOT EXISTS
CREATE OR ALTER TASK one COMMENT = 'only this' AS SELECT 1;
SHOW TASKS LIKE 'one' ->> SELECT "warehouse", "schedule", "comment", "state" FROM $1;
-- > NULL | NULL | only this | suspended
-- proves A.1 "| CREATE OR ALTER TASK on missing name | Creates (suspended). |"
CREATE OR ALTER TASK brand_new SCHEDULE = '1 H' AS SELECT 1;
SHOW TASKS LIKE 'brand_new' ->> SELECT "state" FROM $1;
-- > suspended
-- proves A.1 "ALTER TASK [IF EXISTS] <n> { RESUME | SUSPEND }"
ALTER TASK IF EXISTS brand_new RESUME;
SHOW TASKS LIKE 'brand_new' ->> SELECT "state" FROM $1;
-- > started
ALTER TASK brand_new SUSPEND;
ALTER TASK IF EXISTS nobody SUSPEND;
-- > Statement executed successfully.
ALTER TASK nobody SUSPEND;
-- ! 002003
-- proves A.1 "ALTER TASK [IF EXISTS] <n> { ADD | REMOVE } AFTER <task> [, ...]"
CREATE TASK three AFTER root AS SELECT 1;
ALTER TASK three ADD AFTER two, one;
DESC TASK three ->> SELECT "predecessors" FROM $1;
-- > ["DB.S.ROOT", "DB.S.TWO", "DB.S.ONE"]
ALTER TASK three REMOVE AFTER one, root;
DESC TASK three ->> SELECT "predecessors" FROM $1;
-- > ["DB.S.TWO"]
-- refuses A.1 "ALTER TASK [IF EXISTS] <n> SET <property|session param> [...]"
ALTER TASK one SET SCHEDULE = '2 HOURS', COMMENT = 'set' QUERY_TAG = 'q';
SHOW TASKS LIKE 'one' ->> SELECT "schedule", "comment" FROM $1;
-- > 2 HOURS | set
ALTER TASK one SET CONTACT support = me;
-- ! not supported by the local account: ALTER TASK SET CONTACT
ALTER TASK one SET EXECUTE AS USER me;
-- ! not supported by the local account: ALTER TASK SET EXECUTE AS USER
-- proves A.1 "ALTER TASK [IF EXISTS] <n> UNSET <property> [, ...]"
-- proves A.2 "Absent = serverless. UNSET WAREHOUSE converts to serverless."
-- proves A.13 "| warehouse | NULL/empty for serverless |"
ALTER TASK one SET WAREHOUSE = w;
SHOW TASKS LIKE 'one' ->> SELECT "warehouse" FROM $1;
-- > W
ALTER TASK one UNSET WAREHOUSE, SCHEDULE, COMMENT, CONFIG, OVERLAP_POLICY, QUERY_TAG;
SHOW TASKS LIKE 'one' ->> SELECT "warehouse", "schedule", "comment" FROM $1;
-- > NULL | NULL | 
-- proves A.1 "ALTER TASK [IF EXISTS] <n> { SET TAG t='v'[,..] | UNSET TAG t[,..] }"
ALTER TASK one SET TAG tg = 'v';
-- > Statement executed successfully.
ALTER TASK one SET TAG no_such = 'v';
-- ! 002003
ALTER TASK one UNSET TAG tg;
-- > Statement executed successfully.
-- proves A.1 "ALTER TASK [IF EXISTS] <n> { SET FINALIZE = <root> | UNSET FINALIZE }"
ALTER TASK swallows SET FINALIZE = one;
DESC TASK one ->> SELECT "task_relations" FROM $1;
-- > {"Predecessors": [], "FinalizerTask": "DB.S.SWALLOWS"}
ALTER TASK swallows UNSET FINALIZE;
DESC TASK one ->> SELECT "task_relations" FROM $1;
-- > {"Predecessors": []}
-- proves A.1 "ALTER TASK [IF EXISTS] <n> MODIFY AS <sql>"
ALTER TASK one MODIFY AS SELECT 'new';
DESC TASK one ->> SELECT "definition" FROM $1;
-- > SELECT 'new'
-- proves A.1 "ALTER TASK [IF EXISTS] <n> { MODIFY WHEN <expr> | REMOVE WHEN }"
ALTER TASK one MODIFY WHEN 1 = 2;
DESC TASK one ->> SELECT "condition" FROM $1;
-- > 1 = 2
ALTER TASK one REMOVE WHEN;
DESC TASK one ->> SELECT "condition" FROM $1;
-- > NULL
-- proves A.1 "RENAME TO and no UNDROP TASK."
ALTER TASK one RENAME TO other;
-- ! cannot be renamed
UNDROP TASK one;
-- !
-- proves A.1 "DROP TASK [IF EXISTS] <n>"
DROP TASK IF EXISTS nobody;
-- > Drop statement executed successfully (NOBODY already dropped).
DROP TASK one;
-- > ONE successfully dropped.
DESCRIBE TASK one;
-- ! 002003
