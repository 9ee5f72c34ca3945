"""Did not run: a predecessor was skipped by its WHEN."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import blocked


def explain(s: Situation) -> str:
    return blocked(s, "skipped")


CAUSE = Cause(53, explain)
