"""Ran, and is no longer part of the graph."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or not s.task.gone:
        return ""
    live = s.known.tasks.get(s.task.name)
    if live is None:
        return "dropped since this run" if s.row.state == "SUCCEEDED" else ""
    return "no longer part of this graph" if s.row.state == "SUCCEEDED" else ""


CAUSE = Cause(70, explain)
