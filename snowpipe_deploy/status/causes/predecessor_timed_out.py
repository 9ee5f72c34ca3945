"""Did not run: a predecessor timed out."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import blocked


def explain(s: Situation) -> str:
    return blocked(s, "timed out")


CAUSE = Cause(51, explain)
