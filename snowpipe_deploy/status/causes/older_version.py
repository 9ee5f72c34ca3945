"""The run used a version of the graph that has a newer one since (reference A.7)."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    newest = s.known.newest.get(s.task.name)
    if s.run is None or s.run.version is None or newest is None or newest <= s.run.version:
        return ""
    return f"ran version {s.run.version} of the graph; version {newest} has run since"


CAUSE = Cause(91, explain, ("run",))
