"""Runs now."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import at, span


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "EXECUTING":
        return ""
    if s.row.started is None:
        return "runs"
    return f"runs since {at(s.row.started)}, for {span((s.known.now - s.row.started).total_seconds())}"


CAUSE = Cause(73, explain)
