"""Skipped: its WHEN was false."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "SKIPPED":
        return ""
    condition = " ".join((s.row.condition or s.task.condition).split())
    shown = condition if len(condition) <= 100 else condition[:97] + "…"
    return f"its WHEN was false: {shown}" if shown else "skipped: its WHEN was false"


CAUSE = Cause(10, explain)
