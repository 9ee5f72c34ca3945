"""Made by a deployment of ours that ended before it could start it."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still, unstarted


def explain(s: Situation) -> str:
    if not is_suspended(s) or not unstarted(s):
        return ""
    step = s.known.steps[s.task.name]
    return still(
        s, f"made by deployment {step.deployment} of {step.who}, which ended ({step.outcome}) before it started it"
    )


CAUSE = Cause(42, explain, ("task", "now"))
