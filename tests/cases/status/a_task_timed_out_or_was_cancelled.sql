-- proves timed_out, predecessor_timed_out, cancelled, predecessor_cancelled, executing, waiting, finalizer_waits, queued
CREATE TASK root USER_TASK_TIMEOUT_MS = 60000 AS SELECT 1;
CREATE TASK slow AFTER root USER_TASK_TIMEOUT_MS = 40 AS
BEGIN
  LET i INTEGER := 0;
  WHILE (TRUE) DO
    i := i + 1;
  END WHILE;
END;
CREATE TASK below AFTER slow AS SELECT 1;
CREATE TASK below_below AFTER below AS SELECT 1;
CREATE TASK last FINALIZE = root AS SELECT 1;
ALTER TASK slow RESUME;
ALTER TASK below RESUME;
ALTER TASK below_below RESUME;
ALTER TASK last RESUME;
EXECUTE TASK root;
-- wait
-- ? run
-- > ROOT | SUCCEEDED
-- > SLOW | FAILED | timed out: Statement reached its statement or warehouse timeout of 1 second(s) and was canceled. Its USER_TASK_TIMEOUT_MS or its root's says how long it may run (query <id>)
-- > BELOW | not run | did not run: SLOW timed out
-- > BELOW_BELOW | not run | did not run: BELOW did not run, because SLOW timed out
-- > LAST | SUCCEEDED
ALTER TASK slow SET USER_TASK_TIMEOUT_MS = 60000;
CREATE TASK spins AS
BEGIN
  LET i INTEGER := 0;
  WHILE (TRUE) DO
    i := i + 1;
  END WHILE;
END;
CREATE TASK after_spins AFTER spins AS SELECT 1;
CREATE TASK after_that AFTER after_spins AS SELECT 1;
CREATE TASK ends_spins FINALIZE = spins AS SELECT 1;
ALTER TASK after_spins RESUME;
ALTER TASK after_that RESUME;
ALTER TASK ends_spins RESUME;
EXECUTE TASK spins;
-- wait until SPINS runs
-- ? run
-- > ROOT | SUCCEEDED
-- > SLOW | FAILED | timed out: Statement reached its statement or warehouse timeout of 1 second(s) and was canceled. Its USER_TASK_TIMEOUT_MS or its root's says how long it may run (query <id>)
-- > BELOW | not run | did not run: SLOW timed out
-- > BELOW_BELOW | not run | did not run: BELOW did not run, because SLOW timed out
-- > LAST | SUCCEEDED
-- > SPINS | EXECUTING | runs since <time>, for <n> s
-- > AFTER_SPINS | not run | waits: SPINS still runs
-- > AFTER_THAT | not run | waits: AFTER_SPINS has not run yet
-- > ENDS_SPINS | not run | waits for the end of the run
EXECUTE TASK spins;
-- ? run
-- > ROOT | SUCCEEDED
-- > SLOW | FAILED | timed out: Statement reached its statement or warehouse timeout of 1 second(s) and was canceled. Its USER_TASK_TIMEOUT_MS or its root's says how long it may run (query <id>)
-- > BELOW | not run | did not run: SLOW timed out
-- > BELOW_BELOW | not run | did not run: BELOW did not run, because SLOW timed out
-- > LAST | SUCCEEDED
-- > SPINS | SCHEDULED | queued: run <id> of the graph is still under way
-- > AFTER_SPINS | not run | waits: SPINS is queued
-- > AFTER_THAT | not run | waits: AFTER_SPINS has not run yet
-- > ENDS_SPINS | not run | waits for the end of the run
SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('SPINS');
SELECT 1;
-- wait until SPINS runs
SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('SPINS');
-- wait
-- ? run
-- > ROOT | SUCCEEDED
-- > SLOW | FAILED | timed out: Statement reached its statement or warehouse timeout of 1 second(s) and was canceled. Its USER_TASK_TIMEOUT_MS or its root's says how long it may run (query <id>)
-- > BELOW | not run | did not run: SLOW timed out
-- > BELOW_BELOW | not run | did not run: BELOW did not run, because SLOW timed out
-- > LAST | SUCCEEDED
-- > SPINS | CANCELLED | cancelled while it ran; by whom is not recorded (query <id>)
-- > AFTER_SPINS | not run | did not run: SPINS was cancelled
-- > AFTER_THAT | not run | did not run: AFTER_SPINS did not run, because SPINS was cancelled
-- > ENDS_SPINS | SUCCEEDED
-- ? problems
-- > S.SLOW | failed in run <id> | timed out: Statement reached its statement or warehouse timeout of 1 second(s) and was canceled. Its USER_TASK_TIMEOUT_MS or its root's says how long it may run (query <id>) | snowdeploy logs S.SLOW --run <id>
-- > S.SPINS | cancelled in run <id> | cancelled while it ran; by whom is not recorded (query <id>) | snowdeploy logs S.SPINS --run <id>
