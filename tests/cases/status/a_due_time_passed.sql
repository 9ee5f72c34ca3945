-- proves overlapped, not_due
CREATE TASK spins SCHEDULE = '10 MINUTES' AS
BEGIN
  LET i INTEGER := 0;
  WHILE (TRUE) DO
    i := i + 1;
  END WHILE;
END;
ALTER TASK spins RESUME;
-- clock 11m
SELECT 1;
-- wait until SPINS runs
-- clock 10m
SELECT 1;
-- ? remarks
-- > SPINS | the run that was due at <time> was passed over: this one was still under way
SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('SPINS');
-- wait
-- ? remarks
-- > SPINS | the run that was due at <time> was passed over: this one was still under way
-- ? now
-- > SPINS | started | not due until <time>
