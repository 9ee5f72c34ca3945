"""Scheduled for a time that has come, and not begun."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or s.run is None or s.row.state != "SCHEDULED":
        return ""
    others = [group for group in s.known.under_way.get(s.run.root.name, ()) if group != s.run.group]
    return f"queued: run {others[0]} of the graph is still under way" if others else "queued: has not begun yet"


CAUSE = Cause(74, explain)
