"""Did not run: the task was made, or made anew, after the run began."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not s.is_absent or s.run is None or s.run.began is None or s.task.created is None:
        return ""
    if s.task.created <= s.run.began:
        return ""
    return s.absent(f"the task was made at {at(s.task.created)}, after this run began")


CAUSE = Cause(40, explain)
