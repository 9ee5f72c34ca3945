-- proves failed, object_missing, exception_raised, condition_failed, predecessor_failed, predecessor_did_not_run
CREATE TABLE log (t VARCHAR);
CREATE TASK root AS SELECT 1;
CREATE TASK divides AFTER root AS SELECT 1 / 0;
CREATE TASK in_a_block AFTER root AS
BEGIN
  INSERT INTO log VALUES ('before');
  INSERT INTO log SELECT 'x'::INT;
END;
CREATE TASK names_nothing AFTER root AS
BEGIN
  LET n INTEGER := 1;
  INSERT INTO nowhere VALUES (:n);
END;
CREATE TASK raises AFTER root AS
DECLARE
  too_few EXCEPTION (-20001, 'only 3 rows came');
BEGIN
  RAISE too_few;
END;
CREATE TASK asks AFTER root WHEN SYSTEM$STREAM_HAS_DATA('not_there') AS SELECT 1;
CREATE TASK below AFTER divides AS SELECT 1;
CREATE TASK below_below AFTER below AS SELECT 1;
CREATE TASK joins AFTER divides, root, raises AS SELECT 1;
ALTER TASK divides RESUME;
ALTER TASK in_a_block RESUME;
ALTER TASK names_nothing RESUME;
ALTER TASK raises RESUME;
ALTER TASK asks RESUME;
ALTER TASK below RESUME;
ALTER TASK below_below RESUME;
ALTER TASK joins RESUME;
EXECUTE TASK root;
-- wait
-- ? run
-- > ROOT | SUCCEEDED
-- > ASKS | FAILED | its WHEN could not be evaluated: SYSTEM$STREAM_HAS_DATA('not_there'): 002003: SQL compilation error: Stream 'DB.S.NOT_THERE' does not exist or not authorized.
-- > DIVIDES | FAILED | 100051: Division by zero (query <id>)
-- > IN_A_BLOCK | FAILED | 100038: Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : Numeric value 'x' is not recognized [line 3 of its body: INSERT INTO log SELECT 'x'::INT;] (query <id>)
-- > NAMES_NOTHING | FAILED | 002003: Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : SQL compilation error: Object 'DB.S.NOWHERE' does not exist or not authorized. [line 3 of its body: INSERT INTO nowhere VALUES (:n);]; it runs as role ACCOUNTADMIN (query <id>)
-- > RAISES | FAILED | its body raised TOO_FEW: only 3 rows came [line 4 of its body: RAISE too_few;] (query <id>)
-- > BELOW | not run | did not run: DIVIDES failed
-- > JOINS | not run | did not run: DIVIDES failed and RAISES failed
-- > BELOW_BELOW | not run | did not run: BELOW did not run, because DIVIDES failed
-- ? problems
-- > S.ASKS | failed in run <id> | its WHEN could not be evaluated: SYSTEM$STREAM_HAS_DATA('not_there'): 002003: SQL compilation error: Stream 'DB.S.NOT_THERE' does not exist or not authorized. | snowdeploy logs S.ASKS --run <id>
-- > S.DIVIDES | failed in run <id> | 100051: Division by zero (query <id>) | snowdeploy logs S.DIVIDES --run <id>
-- > S.IN_A_BLOCK | failed in run <id> | 100038: Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : Numeric value 'x' is not recognized [line 3 of its body: INSERT INTO log SELECT 'x'::INT;] (query <id>) | snowdeploy logs S.IN_A_BLOCK --run <id>
-- > S.NAMES_NOTHING | failed in run <id> | 002003: Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : SQL compilation error: Object 'DB.S.NOWHERE' does not exist or not authorized. [line 3 of its body: INSERT INTO nowhere VALUES (:n);]; it runs as role ACCOUNTADMIN (query <id>) | snowdeploy logs S.NAMES_NOTHING --run <id>
-- > S.RAISES | failed in run <id> | its body raised TOO_FEW: only 3 rows came [line 4 of its body: RAISE too_few;] (query <id>) | snowdeploy logs S.RAISES --run <id>
