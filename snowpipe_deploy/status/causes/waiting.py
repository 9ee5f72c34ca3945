"""Not its turn yet."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    return "waits for its predecessors" if s.row is None and not s.is_over else ""


CAUSE = Cause(70, explain)
