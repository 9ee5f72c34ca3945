"""Did not run: a predecessor did not run itself; the words name where the chain begins."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import blocked


def explain(s: Situation) -> str:
    return blocked(s, "absent")


CAUSE = Cause(54, explain)
