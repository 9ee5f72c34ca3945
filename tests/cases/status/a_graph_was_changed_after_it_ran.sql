-- proves added_since, resumed_since, removed_since, older_version, changed_since
CREATE TASK root SCHEDULE = '600 MINUTES' AS SELECT 1;
CREATE TASK goes AFTER root AS SELECT 1;
CREATE TASK moves AFTER root AS SELECT 1;
CREATE TASK off AFTER root AS SELECT 1;
ALTER TASK goes RESUME;
ALTER TASK moves RESUME;
EXECUTE TASK root;
-- wait
DROP TASK goes;
ALTER TASK moves REMOVE AFTER root;
ALTER TASK off RESUME;
CREATE TASK comes AFTER root AS SELECT 1;
ALTER TASK comes RESUME;
ALTER TASK root RESUME;
-- ? run
-- > ROOT | SUCCEEDED
-- > COMES | not run | did not run: the task was made at <time>, after this run began
-- > OFF | not run | did not run: it was resumed or changed on <time>, after this run began
-- > GOES | SUCCEEDED | dropped since this run
-- > MOVES | SUCCEEDED | no longer part of this graph
-- ? remarks
-- > ROOT | the root was resumed or changed on <time>, after this run began: it used the graph as it was
EXECUTE TASK root;
-- wait
-- ? remarks of the last 2
-- > ROOT | ran version 1 of the graph; version 2 has run since
-- > ROOT | the root was resumed or changed on <time>, after this run began: it used the graph as it was
