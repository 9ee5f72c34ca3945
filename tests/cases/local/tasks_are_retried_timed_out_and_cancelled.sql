-- reference A.2, A.4, A.6, A.11
CREATE TABLE log (t VARCHAR);
CREATE TASK root WAREHOUSE = w SCHEDULE = '600 MINUTES' CONFIG = '{"a": 1}' AS
BEGIN
  INSERT INTO log VALUES ('root');
  CALL SYSTEM$SET_RETURN_VALUE('from root');
END;
CREATE TASK breaks WAREHOUSE = w AFTER root AS INSERT INTO later SELECT SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT') || SYSTEM$GET_TASK_GRAPH_CONFIG('b');
CREATE TASK below WAREHOUSE = w AFTER breaks AS INSERT INTO log VALUES ('below');
CREATE TASK beside WAREHOUSE = w AFTER root AS INSERT INTO log VALUES ('beside');
CREATE TASK fin WAREHOUSE = w FINALIZE = root AS INSERT INTO log VALUES ('fin');
ALTER TASK breaks RESUME;
ALTER TASK below RESUME;
ALTER TASK beside RESUME;
ALTER TASK fin RESUME;
-- proves A.4 "Cannot perform retry: no suitable run of graph with root task <N> to retry."
EXECUTE TASK root RETRY LAST;
-- ! Cannot perform retry: no suitable run of graph with root task ROOT to retry.
EXECUTE TASK root USING CONFIG = '{"b": 2}';
-- wait
SELECT t FROM log;
-- > root
-- > beside
-- > fin
-- proves A.11 "last run FAILED or CANCELLED, graph unchanged since, first attempt < 14 days old."
-- proves A.12 "VARCHAR/VARIANT text of the config, or of one element; cast yourself"
CREATE TABLE later (t VARCHAR);
EXECUTE TASK root RETRY LAST;
-- wait
SELECT t FROM log;
-- > root
-- > beside
-- > fin
-- > below
-- > fin
SELECT t FROM later;
-- > from root2
SELECT NAME, STATE, ATTEMPT_NUMBER, SCHEDULED_FROM, CONFIG FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) ORDER BY 1, 3;
-- > BELOW | SUCCEEDED | 2 | MANUAL RETRY | {"a": 1, "b": 2}
-- > BESIDE | SUCCEEDED | 1 | EXECUTE_TASK | {"a": 1, "b": 2}
-- > BREAKS | FAILED | 1 | EXECUTE_TASK | {"a": 1, "b": 2}
-- > BREAKS | SUCCEEDED | 2 | MANUAL RETRY | {"a": 1, "b": 2}
-- > FIN | SUCCEEDED | 1 | EXECUTE_TASK | {"a": 1, "b": 2}
-- > FIN | SUCCEEDED | 2 | MANUAL RETRY | {"a": 1, "b": 2}
-- > ROOT | SUCCEEDED | 1 | EXECUTE_TASK | {"a": 1, "b": 2}
SELECT COUNT(DISTINCT GRAPH_RUN_GROUP_ID), COUNT(DISTINCT RUN_ID) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY());
-- > 1 | 1
SELECT STATE, ATTEMPT_NUMBER, SCHEDULED_FROM, FIRST_ERROR_MESSAGE FROM TABLE(INFORMATION_SCHEMA.COMPLETE_TASK_GRAPHS());
-- > SUCCEEDED | 2 | MANUAL RETRY | NULL
EXECUTE TASK root RETRY LAST;
-- ! Cannot perform retry: last run of graph with root task ROOT had no failures.
-- a graph that was changed since is not retried
DROP TABLE later;
EXECUTE TASK root;
-- wait
ALTER TASK below SET COMMENT = 'x';
ALTER TASK below MODIFY AS SELECT 1;
EXECUTE TASK root RETRY LAST;
-- ! no suitable run
EXECUTE TASK root RETRY GRAPH RUN GROUP '7';
-- !
-- automatic retries; the finalizer runs once, after the last of them (unconfirmed)
-- proves A.8 "new attempt of the same graph run group, ATTEMPT_NUMBER+1"
-- proves A.2 "Retries the graph from the failed tasks. Inheritable."
CREATE TASK again WAREHOUSE = w SCHEDULE = '600 MINUTES' TASK_AUTO_RETRY_ATTEMPTS = 2 AS INSERT INTO log VALUES ('again');
CREATE TASK never WAREHOUSE = w AFTER again AS SELECT 1 / 0;
CREATE TASK after_all WAREHOUSE = w FINALIZE = again AS SELECT 1;
CREATE TASK bad WAREHOUSE = w AFTER again TASK_AUTO_RETRY_ATTEMPTS = 2 AS SELECT 1;
-- ! on non-root task
CREATE TASK bad WAREHOUSE = w TASK_AUTO_RETRY_ATTEMPTS = 31 AS SELECT 1;
-- ! Invalid value 31
ALTER TASK again UNSET TASK_AUTO_RETRY_ATTEMPTS;
ALTER DATABASE db SET TASK_AUTO_RETRY_ATTEMPTS = 2;
SHOW PARAMETERS LIKE 'TASK_AUTO%' FOR TASK again ->> SELECT "value", "level" FROM $1;
-- > 2 | DATABASE
ALTER TASK never RESUME;
ALTER TASK after_all RESUME;
EXECUTE TASK again;
-- wait
SELECT NAME, STATE, ATTEMPT_NUMBER, SCHEDULED_FROM FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())
  WHERE NAME IN ('AGAIN', 'NEVER', 'AFTER_ALL') ORDER BY 1, 3;
-- > AFTER_ALL | SUCCEEDED | 3 | AUTOMATIC RETRY
-- > AGAIN | SUCCEEDED | 1 | EXECUTE_TASK
-- > NEVER | FAILED | 1 | EXECUTE_TASK
-- > NEVER | FAILED | 2 | AUTOMATIC RETRY
-- > NEVER | FAILED | 3 | AUTOMATIC RETRY
SELECT STATE, ATTEMPT_NUMBER, FIRST_ERROR_TASK_NAME, FIRST_ERROR_CODE FROM TABLE(INFORMATION_SCHEMA.COMPLETE_TASK_GRAPHS(ROOT_TASK_NAME => 'AGAIN', ERROR_ONLY => TRUE));
-- > FAILED | 3 | NEVER | 100051
ALTER DATABASE db UNSET TASK_AUTO_RETRY_ATTEMPTS;
-- a time-out is a failure, and no handler of the body catches it
-- proves A.2 "0–604800000, default 3600000; 0 = the maximum"
CREATE TASK slow WAREHOUSE = w SCHEDULE = '600 MINUTES' USER_TASK_TIMEOUT_MS = 50 AS
BEGIN
  LET i INTEGER := 0;
  WHILE (TRUE) DO
    i := i + 1;
  END WHILE;
EXCEPTION
  WHEN OTHER THEN
    INSERT INTO log VALUES ('caught');
END;
EXECUTE TASK slow;
-- wait
-- proves E.6 "| 000630 (57014) | statement timeout, cancelled |"
SELECT STATE, ERROR_CODE, ERROR_MESSAGE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'SLOW'));
-- > FAILED | 000630 | Statement reached its statement or warehouse timeout of 1 second(s) and was canceled.
CREATE TASK bad WAREHOUSE = w USER_TASK_TIMEOUT_MS = 604800001 AS SELECT 1;
-- ! Invalid value 604800001
-- proves A.6 "SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('<db.sch.task>')"
ALTER TASK slow UNSET USER_TASK_TIMEOUT_MS;
SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('SLOW');
-- > 0 executions canceled.
EXECUTE TASK slow;
-- wait until a task runs
SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('DB.S.SLOW');
-- > 1 executions canceled.
-- wait
SELECT STATE, ERROR_CODE, ERROR_MESSAGE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'SLOW', RESULT_LIMIT => 1));
-- > CANCELLED | 000604 | SQL execution canceled
SELECT COUNT(*) FROM log WHERE t = 'caught';
-- > 0
-- reference A.2: OVERLAP_POLICY is the root's
CREATE TASK over SCHEDULE = '10 MINUTES' OVERLAP_POLICY = ALLOW_CHILD_OVERLAP AS SELECT 1;
CREATE TASK bad AFTER over OVERLAP_POLICY = NO_OVERLAP AS SELECT 1;
-- ! Cannot set allow_overlapping_execution on non-root task
CREATE TASK bad OVERLAP_POLICY = SOMETIMES AS SELECT 1;
-- ! Invalid value SOMETIMES
SHOW TASKS LIKE 'over';
SELECT "allow_overlapping_execution" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > true
-- reference A.6: a change of owner
-- proves A.6 "severs predecessor/child links, suspends it (GRANT_OWNERSHIP)"
CREATE ROLE other;
CREATE ROLE another;
CREATE TASK below_over AFTER over AS SELECT 1;
CREATE TASK below_below AFTER below_over AS SELECT 1;
ALTER TASK below_over RESUME;
ALTER TASK below_below RESUME;
ALTER TASK over RESUME;
GRANT OWNERSHIP ON TASK below_over TO ROLE other COPY CURRENT GRANTS;
-- ! 091421
ALTER TASK over SUSPEND;
GRANT OWNERSHIP ON TASK below_over TO ROLE other COPY CURRENT GRANTS;
SHOW TASKS LIKE 'below_%';
SELECT "name", "state", "owner", "predecessors", "last_suspended_reason" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > BELOW_BELOW | suspended | ACCOUNTADMIN | [] | CHILD_BECAME_ROOT
-- > BELOW_OVER | suspended | OTHER | [] | GRANT_OWNERSHIP
-- proves A.6 "| GRANT OWNERSHIP ON ALL TASKS IN SCHEMA | keeps links, suspends all |"
GRANT OWNERSHIP ON ALL TASKS IN SCHEMA s TO ROLE another;
SHOW TASKS LIKE 'below';
SELECT "name", "state", "owner", "predecessors", "last_suspended_reason" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > BELOW | suspended | ANOTHER | ["DB.S.BREAKS"] | GRANT_OWNERSHIP
-- proves A.6 "ownership moves to the dropping role, tasks are paused"
DROP ROLE another;
SHOW TASKS LIKE 'below' ->> SELECT "owner", "state", "predecessors" FROM $1;
-- > ACCOUNTADMIN | suspended | ["DB.S.BREAKS"]
-- proves A.8 "at most one instance of a scheduled task; no such guarantee for child tasks"
-- proves A.3 "NO_OVERLAP: due times that pass while a run is active are skipped, not queued."
-- clock 2026-03-01 10:00:00
CREATE TASK long WAREHOUSE = w SCHEDULE = '10 MINUTES' AS
BEGIN
  WHILE (TRUE) DO
    NULL;
  END WHILE;
END;
ALTER TASK long RESUME;
-- clock 2026-03-01 10:10:00
SELECT 1;
-- wait until a task runs
-- clock 2026-03-01 10:35:00
SELECT 1;
SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('long');
-- wait
SELECT STATE, TO_VARCHAR(SCHEDULED_TIME, 'HH24:MI') FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'long')) ORDER BY 2;
-- > CANCELLED | 10:10
-- > SCHEDULED | 10:40
ALTER TASK long SUSPEND;
