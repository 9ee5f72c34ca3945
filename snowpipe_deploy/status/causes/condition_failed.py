"""Failed before its body began: the WHEN could not be evaluated."""

from snowpipe_deploy.runs import FAILED
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import error
from snowpipe_deploy.status.words import short


def explain(s: Situation) -> str:
    if s.row is None or s.row.state not in FAILED or s.row.query_id or not (s.row.condition or s.task.condition):
        return ""
    return f"its WHEN could not be evaluated: {short(s.row.condition or s.task.condition)}: {error(s.row)}"


CAUSE = Cause(20, explain)
