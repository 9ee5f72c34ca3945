-- proves condition_streams, condition_returned, condition_false, predecessor_skipped, finalizer_root_skipped, predecessor_did_not_run, no_schedule
CREATE TABLE src (id INT);
CREATE STREAM one ON TABLE src;
CREATE STREAM two ON TABLE src;
CREATE TASK root AS
BEGIN
  CALL SYSTEM$SET_RETURN_VALUE('no');
END;
CREATE TASK waits AFTER root WHEN SYSTEM$STREAM_HAS_DATA('one') AS INSERT INTO src SELECT id FROM one;
CREATE TASK waits_for_two AFTER root WHEN SYSTEM$STREAM_HAS_DATA('one') OR SYSTEM$STREAM_HAS_DATA('S.two') AS SELECT 1;
CREATE TASK asks AFTER root WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT') = 'yes' AS SELECT 1;
CREATE TASK asks_both AFTER root, asks WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ASKS') = 'x' AS SELECT 1;
CREATE TASK asks_without_name AFTER root WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE()::VARCHAR = 'yes' AND 1 = 1 AS SELECT 1;
CREATE TASK mixed AFTER root WHEN SYSTEM$STREAM_HAS_DATA('two') AND 1 = 1 AS SELECT 1;
CREATE TASK below AFTER waits AS SELECT 1;
CREATE TASK below_two AFTER below AS SELECT 1;
CREATE TASK gate WHEN SYSTEM$STREAM_HAS_DATA('one') AS SELECT 1;
CREATE TASK below_gate AFTER gate AS SELECT 1;
CREATE TASK last FINALIZE = gate AS SELECT 1;
ALTER TASK waits RESUME;
ALTER TASK waits_for_two RESUME;
ALTER TASK asks RESUME;
ALTER TASK asks_both RESUME;
ALTER TASK asks_without_name RESUME;
ALTER TASK mixed RESUME;
ALTER TASK below RESUME;
ALTER TASK below_two RESUME;
ALTER TASK below_gate RESUME;
ALTER TASK last RESUME;
EXECUTE TASK root;
-- wait
EXECUTE TASK gate;
-- wait
-- ? run
-- > GATE | SKIPPED | its WHEN was false: one had no data
-- > BELOW_GATE | not run | did not run: GATE was skipped
-- > LAST | not run | did not run: GATE was skipped, and a finalizer only follows a root that ran
-- > ROOT | SUCCEEDED
-- > ASKS | SKIPPED | its WHEN was false: SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT') = 'yes'; ROOT had returned 'no'
-- > ASKS_WITHOUT_NAME | SKIPPED | its WHEN was false: SYSTEM$GET_PREDECESSOR_RETURN_VALUE()::VARCHAR = 'yes' AND 1 = 1; ROOT had returned 'no'
-- > MIXED | SKIPPED | its WHEN was false: SYSTEM$STREAM_HAS_DATA('two') AND 1 = 1 (now two has no data)
-- > WAITS | SKIPPED | its WHEN was false: one had no data
-- > WAITS_FOR_TWO | SKIPPED | its WHEN was false: none of one and S.two had data
-- > ASKS_BOTH | not run | did not run: ASKS was skipped
-- > BELOW | not run | did not run: WAITS was skipped
-- > BELOW_TWO | not run | did not run: BELOW did not run, because WAITS was skipped
INSERT INTO src VALUES (1);
-- ? run
-- > GATE | SKIPPED | its WHEN was false: one had no data (now one has data)
-- > BELOW_GATE | not run | did not run: GATE was skipped
-- > LAST | not run | did not run: GATE was skipped, and a finalizer only follows a root that ran
-- > ROOT | SUCCEEDED
-- > ASKS | SKIPPED | its WHEN was false: SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT') = 'yes'; ROOT had returned 'no'
-- > ASKS_WITHOUT_NAME | SKIPPED | its WHEN was false: SYSTEM$GET_PREDECESSOR_RETURN_VALUE()::VARCHAR = 'yes' AND 1 = 1; ROOT had returned 'no'
-- > MIXED | SKIPPED | its WHEN was false: SYSTEM$STREAM_HAS_DATA('two') AND 1 = 1 (now two has data)
-- > WAITS | SKIPPED | its WHEN was false: one had no data (now one has data)
-- > WAITS_FOR_TWO | SKIPPED | its WHEN was false: none of one and S.two had data (now one and S.two have data)
-- > ASKS_BOTH | not run | did not run: ASKS was skipped
-- > BELOW | not run | did not run: WAITS was skipped
-- > BELOW_TWO | not run | did not run: BELOW did not run, because WAITS was skipped
-- ? now
-- > GATE | suspended | never resumed since it was made on <time>
-- > ROOT | suspended | has no schedule: it runs when somebody starts it (`snowdeploy run`)
