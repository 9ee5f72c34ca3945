-- reference A.5, A.6, A.7
CREATE WAREHOUSE w;
CREATE TABLE log (t VARCHAR);
CREATE ROLE r;
CREATE TASK root WAREHOUSE = w SCHEDULE = '60 MINUTES' COMMENT = 'first' USER_TASK_TIMEOUT_MS = 5000 AS INSERT INTO log VALUES ('one');
GRANT OPERATE, MONITOR ON TASK root TO ROLE r;
SHOW TASKS LIKE 'root' ->> SELECT "id" FROM $1;
SET old = (SELECT "id" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())));
EXECUTE TASK root;
-- wait
ALTER TASK root RESUME;
-- proves A.6 "| Next scheduled run | cancelled | – | cancelled |"
SELECT COUNT(*) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'root')) WHERE STATE = 'SCHEDULED';
-- > 1
ALTER TASK root SUSPEND;
CREATE OR REPLACE TASK root WAREHOUSE = w AS INSERT INTO log VALUES ('two');
SELECT COUNT(*) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'root')) WHERE STATE = 'SCHEDULED';
-- > 0
-- proves A.6 "| Object id | new | kept | gone |"
-- proves A.6 "| State afterwards | suspended | unchanged (must be suspended beforehand) | – |"
-- proves A.6 "| Unspecified properties | defaults | unset, incl. WAREHOUSE → task becomes serverless [live] | – |"
SHOW TASKS LIKE 'root' ->> SELECT "id" = $old, "state", "schedule", "comment", "warehouse" FROM $1;
-- > False | suspended | NULL |  | W
SHOW PARAMETERS LIKE 'USER_TASK_TIMEOUT_MS' FOR TASK root ->> SELECT "value" FROM $1;
-- > 3600000
SHOW TASKS LIKE 'root' ->> SELECT "id" FROM $1;
SET kept = (SELECT "id" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())));
CREATE OR ALTER TASK root SCHEDULE = '30 MINUTES' AS INSERT INTO log VALUES ('three');
SHOW TASKS LIKE 'root' ->> SELECT "id" = $kept, "state", "schedule", "warehouse" FROM $1;
-- > True | suspended | 30 MINUTES | NULL
-- proves A.6 "| Grants (OPERATE, MONITOR) | lost (no COPY GRANTS) | kept | lost |"
SHOW GRANTS ON TASK root ->> SELECT "privilege" FROM $1;
-- > OWNERSHIP
GRANT OPERATE ON TASK root TO ROLE r;
CREATE OR ALTER TASK root SCHEDULE = '40 MINUTES' WAREHOUSE = w AS INSERT INTO log VALUES ('four');
SHOW GRANTS ON TASK root ->> SELECT "privilege" FROM $1 ORDER BY 1;
-- > OPERATE
-- > OWNERSHIP
-- proves A.6 "old rows stay in TASK_HISTORY by name with the old ids"
-- proves A.6 "restarts at 1 when the root is recreated"
-- proves A.11 "Sets a new graph version when definitions changed."
EXECUTE TASK root;
-- wait
ALTER TASK root MODIFY AS INSERT INTO log VALUES ('five');
EXECUTE TASK root;
-- wait
EXECUTE TASK root;
-- wait
SELECT ROOT_TASK_ID = $old, GRAPH_VERSION, COUNT(*) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'root')) GROUP BY 1, 2 ORDER BY 1, 2;
-- > False | 1 | 1
-- > False | 2 | 2
-- > True | 1 | 1
-- proves A.17 "Keep per task: id, state, definition, version snapshots per graph; store a graph_version counter at root."
SELECT GRAPH_VERSION, DEFINITION FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_VERSIONS WHERE ROOT_TASK_ID = $kept ORDER BY 1;
-- > 1 | INSERT INTO log VALUES ('four')
-- > 2 | INSERT INTO log VALUES ('five')
-- proves A.7 "A run and all its descendants use the version from the start of that run"
-- proves A.7 "Suspending the root cancels future runs only. In-flight run continues to the end, children included."
-- proves A.6 "| Current run | finishes | finishes (old version) | finishes |"
CREATE TABLE go (x INT);
CREATE TASK waits WAREHOUSE = w SCHEDULE = '60 MINUTES' AS
BEGIN
  LET n INTEGER := 0;
  WHILE (n = 0) DO
    SELECT COUNT(*) INTO :n FROM go;
  END WHILE;
END;
CREATE TASK after_waits WAREHOUSE = w AFTER waits AS INSERT INTO log VALUES ('old version');
CREATE TASK gone WAREHOUSE = w AFTER waits AS INSERT INTO log VALUES ('dropped meanwhile');
ALTER TASK after_waits RESUME;
ALTER TASK gone RESUME;
DELETE FROM log;
EXECUTE TASK waits;
-- wait until a task runs
CREATE OR ALTER TASK after_waits WAREHOUSE = w AFTER waits AS INSERT INTO log VALUES ('new version');
DROP TASK gone;
ALTER TASK waits SUSPEND;
INSERT INTO go VALUES (1);
-- wait
SELECT t FROM log ORDER BY t;
-- > dropped meanwhile
-- > old version
-- proves A.7 "A version of the whole graph is fixed when the root is resumed or executed by EXECUTE TASK."
ALTER TASK after_waits RESUME;
ALTER TASK waits RESUME;
ALTER TASK waits SUSPEND;
ALTER TASK after_waits MODIFY AS INSERT INTO log VALUES ('newest');
SELECT MAX(GRAPH_VERSION) FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_VERSIONS WHERE NAME = 'AFTER_WAITS';
-- > 2
EXECUTE TASK waits;
-- wait
SELECT MAX(GRAPH_VERSION) FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_VERSIONS WHERE NAME = 'AFTER_WAITS';
-- > 3
SELECT t FROM log ORDER BY t;
-- > dropped meanwhile
-- > newest
-- > old version
-- proves A.5 "| Location | All tasks of a graph in the same database and schema |"
CREATE SCHEMA elsewhere;
CREATE TASK far WAREHOUSE = w AFTER s.root AS SELECT 1;
-- ! 091085 (42601): Invalid predecessor DB.S.ROOT was specified.
USE SCHEMA s;
-- proves A.5 "| Direct children per task | 100 |"
BEGIN
  FOR i IN 1 TO 100 DO
    EXECUTE IMMEDIATE 'CREATE TASK many' || i || ' AFTER root AS SELECT 1';
  END FOR;
END;
CREATE TASK one_more AFTER root AS SELECT 1;
-- ! Task DB.S.ROOT has more than 100 child tasks.
-- proves A.5 "| Predecessors per task | 100 |"
DECLARE
  names VARCHAR := 'many1';
BEGIN
  FOR i IN 2 TO 100 DO
    names := names || ', many' || i;
  END FOR;
  EXECUTE IMMEDIATE 'CREATE TASK joins AFTER ' || names || ' AS SELECT 1';
END;
CREATE TASK side SCHEDULE = '60 MINUTES' AS SELECT 1;
ALTER TASK joins ADD AFTER side;
-- ! Task DB.S.JOINS has more than 100 predecessors.

-- one that loses its last predecessor, or its root, stands alone and waits
CREATE TASK over SCHEDULE = '1 MINUTE' AS SELECT 1;
CREATE TASK under AFTER over AS SELECT 1;
CREATE TASK last FINALIZE = over AS SELECT 1;
ALTER TASK under RESUME;
ALTER TASK last RESUME;
ALTER TASK under REMOVE AFTER over;
ALTER TASK last UNSET FINALIZE;
SHOW TASKS ->> SELECT "name", "state", "last_suspended_reason" FROM $1 WHERE "name" IN ('UNDER', 'LAST');
-- > LAST | suspended | FINALIZER_BECAME_ROOT
-- > UNDER | suspended | CHILD_BECAME_ROOT
ALTER TASK under ADD AFTER over;
ALTER TASK under RESUME;
