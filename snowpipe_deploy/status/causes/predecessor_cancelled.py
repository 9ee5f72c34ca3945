"""Did not run: a predecessor was cancelled."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import blocked


def explain(s: Situation) -> str:
    return blocked(s, "cancelled")


CAUSE = Cause(52, explain)
