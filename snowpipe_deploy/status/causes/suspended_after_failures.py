"""Suspended by the account after so many failed runs in a row (SUSPEND_TASK_AFTER_NUM_FAILURES, reference A.2)."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not is_suspended(s) or s.task.suspended_reason != "SUSPENDED_DUE_TO_ERRORS":
        return ""
    count = s.known.streak.get(s.task.name, 0)
    times = f"{count} failed runs in a row" if count > 1 else "failed runs in a row"
    return still(s, f"suspended by the account after {times}, on {at(s.task.suspended_on)}")


CAUSE = Cause(43, explain, ("task", "now"))
