"""Sends the queries of `queries/`, those that do not need each other at the same time, and keeps their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

from snowpipe_deploy.session import Result, Session, SqlError

NOT_THERE = frozenset({2003, 2043})  # the object does not exist, or this role may not see it
UNSUPPORTED = frozenset({2})


def query(name: str, **values: str) -> str:
    """One of the readable queries in `queries/`, its {names} filled; it can be pasted into a worksheet."""
    text = resources.files("snowpipe_deploy.status").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return "\n".join(lines).strip().rstrip(";").format(**values)


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement under the name of its file. Errors with these numbers are an answer: None, and the words in `errors`."""

    name: str
    sql: str
    tolerated: frozenset[int] = frozenset()


@dataclass(slots=True)
class Reader:
    """Reads with a session; `statements` are those that were sent, `errors` those that were tolerated."""

    session: Session
    statements: list[tuple[str, str]] = field(default_factory=list)
    errors: dict[str, SqlError] = field(default_factory=dict)

    def read(self, asked: Sequence[Asked]) -> Mapping[str, Result | None]:
        """The answers by name; raises SqlError for what is not tolerated."""
        self.statements += [(one.name, one.sql) for one in asked]
        found: dict[str, Result | None] = {}
        for one, answer in zip(asked, self.session.together([one.sql for one in asked]), strict=True):
            if isinstance(answer, SqlError):
                if answer.errno not in one.tolerated:
                    raise answer
                self.errors[one.name] = answer
            found[one.name] = None if isinstance(answer, SqlError) else answer
        return found
