-- reference A.4
CREATE TASK root WAREHOUSE = w SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK child WAREHOUSE = w AFTER root AS SELECT 1;
CREATE TASK other WAREHOUSE = w AS SELECT 1;
-- proves A.4 "Invalid predecessor <X> was specified."
CREATE TASK bad WAREHOUSE = w AFTER nobody AS SELECT 1;
-- ! 091085 (42601): Invalid predecessor DB.S.NOBODY was specified.
CREATE TASK bad WAREHOUSE = w SCHEDULE = '60 MINUTES' AFTER root AS SELECT 1;
-- ! cannot have a schedule
-- proves A.4 "cannot finalize a non-root task"
CREATE TASK bad WAREHOUSE = w FINALIZE = child AS SELECT 1;
-- ! cannot finalize a non-root task
ALTER TASK child RESUME;
ALTER TASK root RESUME;
ALTER TASK root RESUME;
-- proves A.4 "Unable to update graph with root task <DB>.<SCHEMA>.<ROOT> since that root task is not suspended."
-- proves A.4 "ALTER TASK root/child SET/UNSET, MODIFY AS/WHEN, REMOVE WHEN"
-- proves A.17 "Emit 091421 with the upper-cased fully qualified root name."
ALTER TASK root SET COMMENT = 'x';
-- ! 091421 (22000): Unable to update graph with root task DB.S.ROOT since that root task is not suspended.
ALTER TASK child SET COMMENT = 'x';
-- ! 091421
ALTER TASK child MODIFY AS SELECT 2;
-- ! 091421
ALTER TASK child MODIFY WHEN 1 = 1;
-- ! 091421
ALTER TASK child REMOVE WHEN;
-- ! 091421
-- proves A.4 "ALTER TASK child ADD/REMOVE AFTER"
ALTER TASK child REMOVE AFTER root;
-- ! 091421
ALTER TASK other ADD AFTER root;
-- ! 091421
-- proves A.4 "ALTER TASK child RESUME / SUSPEND"
ALTER TASK child SUSPEND;
-- ! 091421
ALTER TASK child RESUME;
-- ! 091421
-- proves A.4 "CREATE TASK ... AFTER started graph; CREATE OR REPLACE / OR ALTER child"
CREATE TASK third AFTER root AS SELECT 1;
-- ! 091421
CREATE OR REPLACE TASK child AFTER root AS SELECT 1;
-- ! 091421
CREATE OR ALTER TASK child AFTER root AS SELECT 1;
-- ! 091421
-- proves A.4 "CREATE OR ALTER of a started standalone or root task"
CREATE OR ALTER TASK root SCHEDULE = '60 MINUTES' AS SELECT 1;
-- ! 091421
-- proves A.4 "SET/UNSET FINALIZE, create/alter/drop of finalizer"
CREATE TASK fin FINALIZE = root AS SELECT 1;
-- ! 091421
ALTER TASK other SET FINALIZE = root;
-- ! 091421
-- proves A.4 "yes. DROP TASK standalone: no"
DROP TASK child;
-- ! 091421
CREATE TASK alone WAREHOUSE = w SCHEDULE = '60 MINUTES' AS SELECT 1;
ALTER TASK alone RESUME;
DROP TASK alone;
-- > ALONE successfully dropped.
-- proves A.4 "GRANT OWNERSHIP on a started task"
CREATE ROLE r;
GRANT OWNERSHIP ON TASK root TO ROLE r;
-- ! 091421 (22000): Unable to update graph with root task DB.S.ROOT
-- proves A.4 "| EXECUTE TASK root | no |"
EXECUTE TASK root;
-- > Task ROOT is scheduled to run immediately.
-- wait
ALTER TASK root UNSET SCHEDULE;
-- ! 091421
-- proves A.4 "ALTER TASK root RESUME / SUSPEND | no (idempotent both ways)"
ALTER TASK root RESUME;
-- > Statement executed successfully.
ALTER TASK root SUSPEND;
-- > Statement executed successfully.
ALTER TASK root SUSPEND;
-- > Statement executed successfully.
ALTER TASK child SET COMMENT = 'x';
CREATE TASK fin WAREHOUSE = w FINALIZE = root AS SELECT 1;
-- proves A.5 "1; no children, no schedule, no AFTER; may only be attached to a root"
CREATE TASK fin2 WAREHOUSE = w FINALIZE = root AS SELECT 1;
-- ! already has a finalizer
CREATE TASK below_fin WAREHOUSE = w AFTER fin AS SELECT 1;
-- !
ALTER TASK root ADD AFTER child;
-- !
ALTER TASK other RENAME TO x;
-- !
-- proves A.6 "children become standalone and suspended"
DROP TASK root;
SHOW TASKS LIKE 'child';
SELECT "name", "state", "predecessors", "last_suspended_reason" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > CHILD | suspended | [] | CHILD_BECAME_ROOT
-- proves A.4 "Graph has at least one cycle containing task"
-- proves A.17 "Validate structure (cycle, two roots) at RESUME, not at CREATE; resolve predecessors at CREATE."
CREATE TASK a SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK b AFTER a AS SELECT 1;
CREATE TASK c AFTER b AS SELECT 1;
ALTER TASK b ADD AFTER c;
ALTER TASK a RESUME;
-- ! Graph has at least one cycle containing task
ALTER TASK b REMOVE AFTER c;
-- proves A.4 "The graph has more than one root task (one without predecessors)"
-- proves A.5 "| Roots per graph | exactly 1 |"
CREATE TASK second_root SCHEDULE = '60 MINUTES' AS SELECT 1;
ALTER TASK c ADD AFTER second_root;
ALTER TASK a RESUME;
-- ! The graph has more than one root task
DROP TASK second_root;
DROP TASK IF EXISTS second_root;
-- proves A.4 "never checked at CREATE; fails at run"
CREATE TASK when_missing SCHEDULE = '60 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('NOT_THERE') AS INSERT INTO nowhere VALUES (1);
CREATE TASK body_missing WAREHOUSE = w AS INSERT INTO nowhere VALUES (1);
EXECUTE TASK when_missing;
-- wait
EXECUTE TASK body_missing;
-- wait
SELECT NAME, STATE, ERROR_CODE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE NAME LIKE '%MISSING' ORDER BY 1;
-- > BODY_MISSING | FAILED | 002003
-- > WHEN_MISSING | FAILED | 002003
CREATE TASK bad_schedule SCHEDULE = 'NOW AND THEN' AS SELECT 1;
-- !
CREATE TASK bad_config SCHEDULE = '60 MINUTES' CONFIG = '{oops' AS SELECT 1;
-- ! CONFIG is not valid JSON
CREATE TASK a AS SELECT 1;
-- ! 002002
ALTER TASK nope RESUME;
-- ! 002003

-- all of a graph at once
-- proves A.7 "resumes the named task and everything below it"
--; a finalizer is left to itself
CREATE TASK ENABLE_ROOT SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK ENABLE_A AFTER ENABLE_ROOT AS SELECT 1;
CREATE TASK ENABLE_B AFTER ENABLE_A AS SELECT 1;
CREATE TASK ENABLE_LAST FINALIZE = ENABLE_ROOT AS SELECT 1;
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('ENABLE_B');
-- > true
SHOW TASKS LIKE 'ENABLE%' ->> SELECT "name", "state" FROM $1 ORDER BY "name";
-- > ENABLE_A | suspended
-- > ENABLE_B | started
-- > ENABLE_LAST | suspended
-- > ENABLE_ROOT | suspended
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('ENABLE_ROOT');
-- > true
SHOW TASKS LIKE 'ENABLE%' ->> SELECT "name", "state" FROM $1 ORDER BY "name";
-- > ENABLE_A | started
-- > ENABLE_B | started
-- > ENABLE_LAST | suspended
-- > ENABLE_ROOT | started
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('ENABLE_A');
-- ! ENABLE_ROOT
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('NO_SUCH_TASK');
-- ! does not exist
