"""Did not run: a predecessor failed."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import blocked


def explain(s: Situation) -> str:
    return blocked(s, "failed")


CAUSE = Cause(50, explain)
