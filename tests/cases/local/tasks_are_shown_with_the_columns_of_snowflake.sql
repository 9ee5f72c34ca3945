-- reference A.1, A.13
-- clock 2026-03-01 09:00:00
CREATE WAREHOUSE w;
CREATE TASK alpha WAREHOUSE = w SCHEDULE = '10 MINUTE' COMMENT = 'a' WHEN 1 = 1 AS SELECT 1;
CREATE TASK beta WAREHOUSE = w AFTER alpha AS SELECT 2;
CREATE TASK gamma SCHEDULE = 'USING CRON 0 * * * * UTC' AS SELECT 3;
CREATE SCHEMA other;
CREATE TASK delta SCHEDULE = '1 H' AS SELECT 4;
USE SCHEMA s;
ALTER TASK beta RESUME;
ALTER TASK alpha RESUME;
-- proves A.13 "documented order; real order has changed over releases"
SHOW TASKS LIKE 'alpha' ->> SELECT "created_on" IS NOT NULL, "name", "id" IS NOT NULL, "database_name", "schema_name", "owner", "comment", "warehouse", "schedule",
  "scheduling_mode", "target_completion_interval", "predecessors", "state", "definition", "condition", "allow_overlapping_execution", "error_integration",
  "success_integration", TO_VARCHAR("last_committed_on", 'HH24:MI:SS'), "last_suspended_on", "owner_role_type", "config", "last_suspended_reason", "task_relations", "execute_as_user" FROM $1;
-- > True | ALPHA | True | DB | S | ACCOUNTADMIN | a | W | 10 MINUTE | NULL | NULL | [] | started | SELECT 1 | 1 = 1 | false | null | null | 09:00:00 | NULL | ROLE | NULL | NULL | {"Predecessors": []} | NULL
-- proves A.13 "| state | started / suspended |"
-- proves A.3 "SHOW returns the text as typed ('10 MINUTE' ≠ '10 MINUTES')"
-- proves A.1 "SHOW [TERSE] TASKS [LIKE '..']"
SHOW TASKS IN SCHEMA s ->> SELECT "name", "state", "schedule" FROM $1 ORDER BY 1;
-- > ALPHA | started | 10 MINUTE
-- > BETA | started | NULL
-- > GAMMA | suspended | USING CRON 0 * * * * UTC
SHOW TASKS IN ACCOUNT ROOT ONLY ->> SELECT "name" FROM $1 ORDER BY 1;
-- > ALPHA
-- > DELTA
-- > GAMMA
SHOW TASKS IN DATABASE db STARTS WITH 'B' ->> SELECT "name" FROM $1;
-- > BETA
SHOW TASKS IN DATABASE db LIMIT 2 FROM 'BETA' ->> SELECT "name" FROM $1 ORDER BY 1;
-- > GAMMA
SHOW TASKS IN APPLICATION app;
-- ! not supported by the local account: SHOW … IN APPLICATION
-- proves A.13 "TERSE: created_on, name, kind, database_name, schema_name, schedule (kind NULL)."
SHOW TERSE TASKS LIKE 'alpha' ->> SELECT "created_on" IS NOT NULL, "name", "kind", "database_name", "schema_name", "schedule" FROM $1;
-- > True | ALPHA | NULL | DB | S | 10 MINUTE
SHOW TERSE TASKS LIKE 'alpha' ->> SELECT "owner" FROM $1;
-- ! 000904
-- proves A.13 "{"Predecessors":[...],"FinalizerTask":"..","FinalizedRootTask":".."}"
CREATE TASK fin WAREHOUSE = w FINALIZE = gamma AS SELECT 1;
SHOW TASKS ->> SELECT "name", "task_relations" FROM $1 WHERE "name" IN ('GAMMA', 'FIN', 'BETA') ORDER BY 1;
-- > BETA | {"Predecessors": ["DB.S.ALPHA"]}
-- > FIN | {"Predecessors": [], "FinalizedRootTask": "DB.S.GAMMA"}
-- > GAMMA | {"Predecessors": [], "FinalizerTask": "DB.S.FIN"}
-- proves A.13 "GET_DDL('TASK', n) supported."
SELECT GET_DDL('TASK', 'alpha');
-- > create or replace task ALPHA\n	warehouse=W\n	schedule='10 MINUTE'\n	COMMENT='a'\n	when 1 = 1\n	as SELECT 1;
-- proves A.13 "No INFORMATION_SCHEMA view for tasks."
SELECT * FROM INFORMATION_SCHEMA.TASKS;
-- !
-- proves A.13 "| TASK_DEPENDENTS | TASK_NAME, RECURSIVE (default TRUE)"
CREATE TASK grandchild WAREHOUSE = w AFTER fin AS SELECT 5;
-- !
ALTER TASK alpha SUSPEND;
CREATE TASK below_beta WAREHOUSE = w AFTER beta AS SELECT 5;
SELECT NAME, DATABASE_NAME, SCHEMA_NAME, OWNER, COMMENT, WAREHOUSE, SCHEDULE, PREDECESSORS, STATE, DEFINITION, CONDITION
  FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(TASK_NAME => 'DB.S.ALPHA'));
-- > ALPHA | DB | S | ACCOUNTADMIN | a | W | 10 MINUTE | [] | suspended | SELECT 1 | 1 = 1
-- > BETA | DB | S | ACCOUNTADMIN | NULL | W | NULL | ["DB.S.ALPHA"] | started | SELECT 2 | NULL
-- > BELOW_BETA | DB | S | ACCOUNTADMIN | NULL | W | NULL | ["DB.S.BETA"] | suspended | SELECT 5 | NULL
SELECT NAME FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(TASK_NAME => 'alpha', RECURSIVE => FALSE));
-- > ALPHA
-- > BETA
SELECT NAME FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(TASK_NAME => 'nobody'));
-- ! 002003
-- refuses A.13 "| SERVERLESS_TASK_HISTORY | DATE_RANGE_*, TASK_NAME | credits; 14 days |"
SELECT * FROM TABLE(INFORMATION_SCHEMA.SERVERLESS_TASK_HISTORY());
-- ! not supported by the local account: table function SERVERLESS_TASK_HISTORY
-- refuses A.13 "| SERVERLESS_TASK_HISTORY | 3 h | |"
SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.SERVERLESS_TASK_HISTORY;
-- ! not supported by the local account: SNOWFLAKE.ACCOUNT_USAGE.SERVERLESS_TASK_HISTORY
-- proves A.13 "| TASK_VERSIONS | 3 h | one row per graph version and task |"
SELECT GRAPH_VERSION, NAME FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_VERSIONS ORDER BY 1, 2;
-- > 1 | ALPHA
-- > 1 | BETA
-- refuses A.16 "CREATE [OR REPLACE] TASK GRAPH [IF NOT EXISTS] <n> | CREATE OR ALTER TASK GRAPH <n>"
CREATE TASK GRAPH g;
-- ! not supported by the local account: statement CREATE TASK GRAPH
-- refuses A.16 "ALTER TASK GRAPH [IF EXISTS] <n> SET|UNSET <props>"
ALTER TASK GRAPH g SET COMMENT = 'x';
-- ! not supported by the local account: statement ALTER TASK GRAPH
-- refuses A.16 "EXECUTE TASK GRAPH <n> [USING CONFIG = ..| RETRY LAST | RETRY GRAPH RUN GROUP '<id>']"
EXECUTE TASK GRAPH g;
-- ! not supported by the local account: EXECUTE TASK GRAPH
-- refuses A.16 "DROP TASK GRAPH [IF EXISTS] <n> SHOW TASK GRAPHS .. DESC TASK GRAPH <n>"
DROP TASK GRAPH g;
-- ! not supported by the local account: statement DROP TASK GRAPH
SHOW TASK GRAPHS;
-- > (no rows)
-- refuses A.16 "SHOW COMMITTED TASKS [LIKE ..]"
SHOW COMMITTED TASKS;
-- ! not supported by the local account: statement SHOW COMMITTED
-- refuses A.16 "TABLE(INFORMATION_SCHEMA.TASK_GRAPH_CHANGES(TASK_GRAPH_NAME => '..'))"
SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_GRAPH_CHANGES(TASK_GRAPH_NAME => 'g'));
-- ! not supported by the local account: table function TASK_GRAPH_CHANGES
