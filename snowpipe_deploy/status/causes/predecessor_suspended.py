"""Did not run: a predecessor is suspended, and no other predecessor is resumed."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import blocked


def explain(s: Situation) -> str:
    return blocked(s, "suspended")


CAUSE = Cause(55, explain)
