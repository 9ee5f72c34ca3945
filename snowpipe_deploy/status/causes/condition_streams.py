"""Skipped: none of the streams in its WHEN had data."""

import re

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import joined

_STREAM = r"SYSTEM\$STREAM_HAS_DATA\s*\(\s*'([^']+)'\s*\)"
_ANY_STREAM = re.compile(rf"\s*{_STREAM}(?:\s+OR\s+{_STREAM})*\s*", re.IGNORECASE)


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "SKIPPED":
        return ""
    condition = " ".join((s.row.condition or s.task.condition).split())
    if not _ANY_STREAM.fullmatch(condition):
        return ""
    names = re.findall(_STREAM, condition, re.IGNORECASE)
    now = [name for name in names if (found := s.stream(name)) is not None and found.has_data]
    had = f"{names[0]} had no data" if len(names) == 1 else f"none of {joined(names)} had data"
    return f"its WHEN was false: {had}" + (f" (now {joined(now)} {'have' if now[1:] else 'has'} data)" if now else "")


CAUSE = Cause(10, explain)
