-- proves retried, kept, attempts
CREATE TASK root AS SELECT 1;
CREATE TASK reads AFTER root AS SELECT * FROM later;
CREATE TASK below AFTER reads AS SELECT 1;
ALTER TASK reads RESUME;
ALTER TASK below RESUME;
CREATE TASK again TASK_AUTO_RETRY_ATTEMPTS = 1 AS SELECT 1 / 0;
EXECUTE TASK root;
-- wait
CREATE TABLE later (t VARCHAR);
EXECUTE TASK root RETRY LAST;
-- wait
EXECUTE TASK again;
-- wait
-- ? run
-- > AGAIN | FAILED | 100051: Division by zero (attempt 2, retried by the account) (query <id>)
-- > ROOT | SUCCEEDED | ran in attempt 1; attempt 2 did not need it again
-- > READS | SUCCEEDED | attempt 2, retried by hand: attempt 1 failed: 002003: SQL compilation error: Object 'DB.S.LATER' does not exist or not authorized.
-- > BELOW | SUCCEEDED | attempt 2, retried by hand: it had not run before
-- ? remarks
-- > AGAIN | started by hand (EXECUTE TASK); the root is suspended now, and no run comes by itself
-- > AGAIN | attempt 2, retried by the account
-- > ROOT | started by hand (EXECUTE TASK); the root is suspended now, and no run comes by itself
-- > ROOT | attempt 2, retried by hand
