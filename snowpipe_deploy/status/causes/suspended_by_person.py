"""Suspended by a statement that was not ours."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not is_suspended(s) or s.task.suspended_reason != "USER_SUSPENDED":
        return ""
    return still(s, f"suspended by a person or a program on {at(s.task.suspended_on)}; who is not recorded")


CAUSE = Cause(46, explain, ("task", "now"))
