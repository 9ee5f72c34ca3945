"""Moments, spans and lists as they stand in a sentence."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime


def at(time: datetime | None) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if time else "a time that is not recorded"


def span(seconds: float) -> str:
    """`40 s`, `12 min`, `5 h`, `3 days`: as exact as one wants to read it."""
    for size, word in ((172_800, "days"), (7200, "h"), (120, "min")):
        if seconds >= size:
            return f"{seconds / {'days': 86_400, 'h': 3600, 'min': 60}[word]:.0f} {word}"
    return f"{seconds:.0f} s"


def joined(items: Sequence[str], word: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def short(text: str, width: int = 200) -> str:
    """On one line, cut where it is long."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= width else line[: width - 1] + "…"
