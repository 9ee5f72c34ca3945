"""Suspended because its last predecessor was dropped: it stands alone now (reference A.6)."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still


def explain(s: Situation) -> str:
    if not is_suspended(s) or s.task.suspended_reason != "CHILD_BECAME_ROOT":
        return ""
    return still(s, "suspended because its last predecessor was dropped or taken away: it is a root now")


CAUSE = Cause(45, explain, ("task", "now"))
