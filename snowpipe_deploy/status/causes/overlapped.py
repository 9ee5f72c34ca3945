"""A due time that passed while the run was under way: it is passed over, not made up for (reference A.3)."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if s.run is None or s.row is None or s.row.next_scheduled is None:
        return ""
    due, end = s.row.next_scheduled, s.run.ended if s.run.is_over else s.known.now
    if end is None or due >= end or due in s.known.started.get(s.task.name, ()):
        return ""
    return f"the run that was due at {at(due)} was passed over: this one was still under way"


CAUSE = Cause(90, explain, ("run",))
