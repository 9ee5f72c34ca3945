"""Did not run: the task itself is suspended now."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is not None or s.task.state != "suspended" or not (s.task.after or s.task.finalizes):
        return ""
    return "did not run: the task is suspended (as it stands now)"


CAUSE = Cause(40, explain)
