CREATE TABLE t (id INT NOT NULL DEFAULT 5 COMMENT 'the id', v VARCHAR(10), PRIMARY KEY (id)) COMMENT = 'a table';
SHOW STREAMS;
-- > (no rows)
SELECT "name", "table_name", "mode", "stale", "stale_after", "invalid_reason" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > (no rows)
CREATE STREAM st ON TABLE t APPEND_ONLY = TRUE COMMENT = 'c';
SHOW STREAMS;
SELECT "name", "database_name", "schema_name", "owner", "comment", "table_name", "source_type", "base_tables", "type", "stale", "mode", "invalid_reason", "owner_role_type" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > ST | DB | S | ACCOUNTADMIN | c | DB.S.T | Table | DB.S.T | DELTA | false | APPEND_ONLY | N/A | ROLE
SHOW TABLES LIKE 't%' IN SCHEMA db.s;
SELECT "name", "kind", "comment", "rows", "change_tracking", "is_dynamic" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > T | TABLE | a table | 0 | ON | N
DESCRIBE TABLE t;
-- > ID | NUMBER(38,0) | COLUMN | N | 5 | Y | N | NULL | NULL | the id | NULL | NULL
-- > V | VARCHAR(10) | COLUMN | Y | NULL | N | N | NULL | NULL | NULL | NULL | NULL
SHOW TASKS;
SELECT "name", "state", "predecessors", "schedule", "last_suspended_reason", "task_relations" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > (no rows)
CREATE TASK root WAREHOUSE = w SCHEDULE = '10 MINUTES' CONFIG = '{"a": 1}' COMMENT = 'c' WHEN SYSTEM$STREAM_HAS_DATA('ST') AS SELECT 1;
CREATE TASK child WAREHOUSE = w AFTER root AS INSERT INTO t (id) SELECT 1;
CREATE TASK fin FINALIZE = root AS SELECT 2;
SHOW TASKS;
SELECT "name", "warehouse", "schedule", "predecessors", "state", "definition", "condition", "config", "task_relations" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > CHILD | W | NULL | ["DB.S.ROOT"] | suspended | INSERT INTO t (id) SELECT 1 | NULL | NULL | {"Predecessors": ["DB.S.ROOT"]}
-- > FIN | NULL | NULL | [] | suspended | SELECT 2 | NULL | NULL | {"Predecessors": [], "FinalizedRootTask": "DB.S.ROOT"}
-- > ROOT | W | 10 MINUTES | [] | suspended | SELECT 1 | SYSTEM$STREAM_HAS_DATA('ST') | {"a": 1} | {"Predecessors": [], "FinalizerTask": "DB.S.FIN"}
SHOW TASKS LIKE 'R%' ROOT ONLY;
SELECT "name" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > ROOT
DROP TABLE t;
SHOW STREAMS;
SELECT "table_name", "stale" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > No privilege or table dropped | true
SHOW DATABASES LIKE 'DB';
SELECT "name", "is_current" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > DB | Y
SHOW SCHEMAS IN DATABASE db;
SELECT "name" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > PUBLIC
-- > S
SHOW PIPES;
-- > (no rows)
SHOW GRANTS ON TABLE x;
-- ! 002003
SHOW TABLES IN SCHEMA nope;
-- ! 002043 (02000): SQL compilation error: Object does not exist, or operation cannot be performed.
SHOW NONSENSE;
-- ! not supported
DESCRIBE TABLE nope;
-- ! 002003
SELECT * FROM TABLE(RESULT_SCAN('nope'));
-- ! not found
ALTER TASK root SET USER_TASK_TIMEOUT_MS = 1000;
SHOW PARAMETERS IN TASK root;
SELECT "key", "value", "default", "level" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) WHERE "key" LIKE 'USER_TASK_%';
-- > USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE | MEDIUM | MEDIUM | 
-- > USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS | 30 | 30 | 
-- > USER_TASK_TIMEOUT_MS | 1000 | 3600000 | TASK
SHOW PARAMETERS IN TASK absent;
-- ! does not exist or not authorized
SHOW PARAMETERS IN ACCOUNT;
-- ! not supported by the local account

-- what is shown depends on who asks, and on where the object is
CREATE TRANSIENT SCHEMA passing;
CREATE TABLE x (a INT);
CREATE TABLE y CLONE x;
CREATE VOLATILE TABLE vt (a INT);
SHOW TABLES ->> SELECT "name", "kind" FROM $1 ORDER BY "name";
-- > VT | TEMPORARY
-- > X | TRANSIENT
-- > Y | TRANSIENT
CREATE SCHEMA lasting;
CREATE TABLE px CLONE passing.x;
-- ! Transient object cannot be cloned to a permanent object
CREATE VIEW cv CHANGE_TRACKING = TRUE AS SELECT 1 AS a;
SHOW VIEWS LIKE 'cv' ->> SELECT "change_tracking" FROM $1;
-- > ON
CREATE PROCEDURE pd(a INT, b INT DEFAULT 5) RETURNS INT AS 'BEGIN RETURN a + b; END';
SHOW PROCEDURES LIKE 'pd' ->> SELECT "min_num_arguments", "max_num_arguments" FROM $1;
-- > 1 | 2
CREATE ROLE reader;
GRANT USAGE ON DATABASE db TO ROLE reader;
GRANT USAGE ON SCHEMA lasting TO ROLE reader;
CREATE TABLE hidden (a INT);
CREATE SECURE VIEW sv AS SELECT a FROM hidden;
GRANT SELECT ON VIEW sv TO ROLE reader;
USE ROLE reader;
SHOW VIEWS ->> SELECT "name", "text" FROM $1;
-- > SV | 
SELECT GET_DDL('view', 'sv');
-- ! 003001 (42501)
SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES;
-- > SV | VIEW
SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS;
-- > SV | A
SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA;
-- > LASTING
USE ROLE ACCOUNTADMIN;
SHOW VIEWS LIKE 'sv' ->> SELECT "text" FROM $1;
-- > CREATE SECURE VIEW sv AS SELECT a FROM hidden
CREATE WAREHOUSE w;
CREATE DYNAMIC TABLE "low" TARGET_LAG = '1 day' WAREHOUSE = w AS SELECT a FROM hidden;
SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'db.lasting."low"'));
-- > low | SUCCEEDED
CREATE SCHEMA copied CLONE lasting;
SHOW DYNAMIC TABLES IN SCHEMA copied ->> SELECT "name", "is_clone" FROM $1;
-- > low | true
