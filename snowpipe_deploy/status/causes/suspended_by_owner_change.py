"""Suspended because its ownership was granted to another role (reference A.6)."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still
from snowpipe_deploy.status.words import at

_REASONS = {"GRANT_OWNERSHIP", "MATCHING_OWNER_NOT_FOUND"}


def explain(s: Situation) -> str:
    if not is_suspended(s) or s.task.suspended_reason not in _REASONS:
        return ""
    return still(
        s,
        f"suspended by a change of owner on {at(s.task.suspended_on)}; its owner is {s.task.owner or 'not recorded'} now",
    )


CAUSE = Cause(44, explain, ("task", "now"))
