"""What an open transaction has done, kept to be done once more: the engine has no savepoints, and an error ends its transaction.

What is done again must come out as it did: a statement that draws numbers or calls a function which answers anew is kept as the rows it
has written. Where that cannot be, `Replay.is_certain` says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

AT_ONCE = 500  # rows of one INSERT
_NEW_EACH_TIME = re.compile(r"\b(?:nextval|uuid|random)\(|\bpython_\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """Engine SQL, the ordinal by which streams know it (or 0), and the time that it went by."""

    sql: str
    values: Any
    ordinal: int
    now: datetime | None


@dataclass(slots=True)
class Replay:
    steps: list[Step] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Would all of it come out as it did the first time?"""
        return not any(is_new_each_time(step.sql) for step in self.steps)


def is_new_each_time(sql: str) -> bool:
    """Does engine SQL give other values when it runs again?"""
    return _NEW_EACH_TIME.search(sql) is not None


def inserts(into: str, rows: Sequence[Sequence[object]]) -> Iterator[tuple[str, list[object]]]:
    """The INSERTs of these rows, and their values."""
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        holes = ", ".join(f"({', '.join('?' for _ in row)})" for row in some)
        yield f"INSERT INTO {into} VALUES {holes}", [value for row in some for value in row]
