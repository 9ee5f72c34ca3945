"""Started by EXECUTE TASK, and nothing follows: the root is suspended now."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.run is None or s.run.origin != "EXECUTE_TASK" or s.task.state != "suspended":
        return ""
    return "started by hand (EXECUTE TASK); the root is suspended now, and no run comes by itself"


CAUSE = Cause(93, explain, ("run",))
