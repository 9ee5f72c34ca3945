"""A root that nothing starts but EXECUTE TASK."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if not s.task.is_root or s.task.schedule or "SYSTEM$STREAM_HAS_DATA" in s.task.condition.upper():
        return ""
    return "has no schedule: it runs when somebody starts it (`snowdeploy run`)"


CAUSE = Cause(48, explain, ("now",))
