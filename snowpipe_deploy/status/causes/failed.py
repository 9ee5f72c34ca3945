"""Failed with an error of its own."""

from snowpipe_deploy.runs import FAILED
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import attempt, error, line, query


def explain(s: Situation) -> str:
    if s.row is None or s.row.state not in FAILED:
        return ""
    return f"{error(s.row)}{line(s.row, s.task, s.known.sources)}{attempt(s.row)}{query(s.row)}"


CAUSE = Cause(29, explain)
