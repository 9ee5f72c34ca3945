"""Failed because it ran longer than it may."""

from snowpipe_deploy.runs import FAILED
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import attempt, query
from snowpipe_deploy.status.predecessors import TIMED_OUT


def explain(s: Situation) -> str:
    if s.row is None or s.row.state not in FAILED or s.row.error_code != TIMED_OUT:
        return ""
    return f"timed out{attempt(s.row)}: {s.row.error} Its USER_TASK_TIMEOUT_MS or its root's says how long it may run{query(s.row)}"


CAUSE = Cause(21, explain)
