"""Nobody waited for the schedule: the run was started by EXECUTE TASK."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.run is None or s.run.origin != "EXECUTE_TASK" or s.task.state != "suspended":
        return ""
    return "started by hand (EXECUTE TASK) though the root is suspended"


CAUSE = Cause(93, explain, ("run",))
