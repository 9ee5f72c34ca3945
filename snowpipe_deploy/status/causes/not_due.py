"""Started, and its time has not come."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    due = s.known.due.get(s.task.name)
    return f"not due until {at(due)}" if s.task.state == "started" and due is not None else ""


CAUSE = Cause(80, explain, ("now",))
