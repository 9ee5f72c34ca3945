"""Skipped: its WHEN was false."""

import re

from snowpipe_deploy.status.cause import Cause, Situation

_STREAM = r"SYSTEM\$STREAM_HAS_DATA\s*\(\s*'([^']+)'\s*\)"
_ANY_STREAM = re.compile(rf"\s*{_STREAM}(?:\s+OR\s+{_STREAM})*\s*", re.IGNORECASE)


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "SKIPPED":
        return ""
    condition = " ".join((s.row.condition or s.task.condition).split())
    if _ANY_STREAM.fullmatch(condition):
        names = re.findall(_STREAM, condition, re.IGNORECASE)
        which = names[0] if len(names) == 1 else f"none of {', '.join(names[:-1])} and {names[-1]}"
        return f"its WHEN was false: {which} had {'no ' if len(names) == 1 else ''}data"
    shown = condition if len(condition) <= 200 else condition[:197] + "…"
    return f"its WHEN was false: {shown}" if shown else "its WHEN was false"


CAUSE = Cause(10, explain)
