"""Did not run though all it needs succeeded: it was not part of the version that ran, or was suspended in it."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not s.is_absent or s.run is None or not s.run.is_over or s.task.state != "started":
        return ""
    step = s.known.steps.get(s.task.name)
    if step is not None and step.verb == "resume" and step.at and s.run.began and step.at > s.run.began:
        return s.absent(f"deployment {step.deployment} resumed it on {at(step.at)}, after this run began")
    if s.task.committed is not None and s.run.began is not None and s.task.committed > s.run.began:
        return s.absent(f"it was resumed or changed on {at(s.task.committed)}, after this run began")
    return ""


CAUSE = Cause(63, explain)
