"""A finalizer starts when nothing else of the run is under way."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if not s.is_absent or s.run is None or s.run.is_over or s.task.finalizes is None:
        return ""
    return "waits for the end of the run"


CAUSE = Cause(61, explain)
