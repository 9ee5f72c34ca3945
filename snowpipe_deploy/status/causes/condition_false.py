"""Skipped: its WHEN was false."""

import re

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import joined, short

_STREAM = re.compile(r"SYSTEM\$STREAM_HAS_DATA\s*\(\s*'([^']+)'\s*\)", re.IGNORECASE)


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "SKIPPED":
        return ""
    condition = s.row.condition or s.task.condition
    now = []
    for name in dict.fromkeys(_STREAM.findall(condition)):
        found = s.stream(name)
        if found is not None and found.has_data is not None:
            now.append(f"{name} has {'' if found.has_data else 'no '}data")
    return f"its WHEN was false{f': {short(condition)}' if condition else ''}" + (
        f" (now {joined(now)})" if now else ""
    )


CAUSE = Cause(19, explain)
