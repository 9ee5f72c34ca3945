"""Suspended for a reason that the account names and we only pass on."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not is_suspended(s) or not s.task.suspended_reason:
        return ""
    reason = s.task.suspended_reason.lower().replace("_", " ")
    return still(s, f"suspended by the account on {at(s.task.suspended_on)}: {reason}")


CAUSE = Cause(47, explain, ("task", "now"))
