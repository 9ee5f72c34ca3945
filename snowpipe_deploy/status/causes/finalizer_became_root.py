"""Suspended because the root that it finalized was dropped (reference A.6)."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still


def explain(s: Situation) -> str:
    if not is_suspended(s) or s.task.suspended_reason != "FINALIZER_BECAME_ROOT":
        return ""
    return still(s, "suspended because the root that it finalized was dropped: it is a root now")


CAUSE = Cause(45, explain, ("task", "now"))
