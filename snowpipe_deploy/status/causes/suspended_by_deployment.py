"""Suspended by a deployment of ours that did not come to resume it, or has not yet."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, ours, still
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not is_suspended(s) or not ours(s):
        return ""
    step = s.known.steps[s.task.name]
    what = "which is under way" if step.is_under_way else "which did not resume it"
    return still(s, f"suspended by deployment {step.deployment} of {step.who} on {at(step.at)}, {what}")


CAUSE = Cause(41, explain, ("task", "now"))
