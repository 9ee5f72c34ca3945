-- proves never_resumed, suspended_by_person, suspended_after_failures, auto_suspended, suspended_by_owner_change, became_root, finalizer_became_root, predecessor_suspended, not_due, started_by_hand
CREATE TASK root SCHEDULE = '600 MINUTES' AS SELECT 1;
CREATE TASK off AFTER root AS SELECT 1;
CREATE TASK below_off AFTER off AS SELECT 1;
CREATE TASK stopped AFTER root AS SELECT 1;
ALTER TASK below_off RESUME;
ALTER TASK stopped RESUME;
ALTER TASK root RESUME;
-- ? now
-- > ROOT | started | not due until <time>
-- > OFF | suspended | never resumed since it was made on <time>
ALTER TASK root SUSPEND;
ALTER TASK stopped SUSPEND;
EXECUTE TASK root;
-- wait
-- ? run
-- > ROOT | SUCCEEDED
-- > OFF | not run | did not run: never resumed since it was made on <time> (as it stands now)
-- > STOPPED | not run | did not run: suspended by a person or a program on <time>; who is not recorded (as it stands now)
-- > BELOW_OFF | not run | did not run: OFF is suspended
-- ? remarks
-- > ROOT | started by hand (EXECUTE TASK); the root is suspended now, and no run comes by itself
-- ? now
-- > ROOT | suspended | suspended by a person or a program on <time>; who is not recorded
-- > OFF | suspended | never resumed since it was made on <time>
-- > STOPPED | suspended | suspended by a person or a program on <time>; who is not recorded
-- ? problems
-- > S.ROOT | root task is suspended: nothing is scheduled | suspended by a person or a program on <time>; who is not recorded | snowdeploy apply --resume S.ROOT
ALTER TASK root RESUME;
-- ? problems
-- > S.OFF | task is suspended inside a started graph | never resumed since it was made on <time> | snowdeploy apply --resume S.OFF
-- > S.STOPPED | task is suspended inside a started graph | suspended by a person or a program on <time>; who is not recorded | snowdeploy apply --resume S.STOPPED
ALTER TASK root SUSPEND;
CREATE ROLE other;
GRANT OWNERSHIP ON ALL TASKS IN SCHEMA s TO ROLE other;
-- ? now
-- > ROOT | suspended | suspended by a change of owner on <time>; its owner is OTHER now
-- > OFF | suspended | suspended by a change of owner on <time>; its owner is OTHER now
-- > STOPPED | suspended | suspended by a change of owner on <time>; its owner is OTHER now
-- > BELOW_OFF | suspended | suspended by a change of owner on <time>; its owner is OTHER now
CREATE SCHEMA T;
CREATE TASK top SCHEDULE = '600 MINUTES' AS SELECT 1;
CREATE TASK middle AFTER top AS SELECT 1;
CREATE TASK done FINALIZE = top AS SELECT 1;
DROP TASK top;
CREATE TASK brittle SCHEDULE = '600 MINUTES' SUSPEND_TASK_AFTER_NUM_FAILURES = 2 AS SELECT 1 / 0;
ALTER TASK brittle RESUME;
EXECUTE TASK brittle;
-- wait
EXECUTE TASK brittle;
-- wait
DROP SCHEMA s;
-- ? now
-- > BRITTLE | suspended | suspended by the account after 2 failed runs in a row, on <time>
-- > DONE | suspended | suspended because the root that it finalized was dropped: it is a root now
-- > MIDDLE | suspended | suspended because its last predecessor was dropped or taken away: it is a root now
-- ? run
-- > BRITTLE | FAILED_AND_AUTO_SUSPENDED | 100051: Division by zero, the last of 2 failed runs in a row: the graph was suspended after it (query <id>)
-- ? problems
-- > T.BRITTLE | root task is suspended: nothing is scheduled | suspended by the account after 2 failed runs in a row, on <time> | snowdeploy apply --resume T.BRITTLE
-- > T.BRITTLE | failed in run <id> | 100051: Division by zero, the last of 2 failed runs in a row: the graph was suspended after it (query <id>) | snowdeploy logs T.BRITTLE --run <id>
-- > T.DONE | root task is suspended: nothing is scheduled | suspended because the root that it finalized was dropped: it is a root now | snowdeploy apply --resume T.DONE
-- > T.MIDDLE | root task is suspended: nothing is scheduled | suspended because its last predecessor was dropped or taken away: it is a root now | snowdeploy apply --resume T.MIDDLE
