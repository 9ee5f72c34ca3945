"""Sends the queries of `queries/`, those that do not need each other at the same time, and keeps their answers."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import resources
from threading import Lock

from snowpipe_deploy.session import Result, Session, SqlError

NOT_THERE = frozenset({2003, 2043})  # the object does not exist, or this role may not see it
UNSUPPORTED = frozenset({2})
_AT_ONCE = 8


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
    """Reads with `session`, and with more of them where `more` opens some; `statements` are those that were sent."""

    session: Session
    more: Callable[[], Session] | None = None
    statements: list[tuple[str, str]] = field(default_factory=list)
    errors: dict[str, SqlError] = field(default_factory=dict)
    _idle: list[Session] = field(default_factory=list)
    _opened: list[Session] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def read(self, asked: Sequence[Asked]) -> Mapping[str, Result | None]:
        """The answers by name; raises SqlError for what is not tolerated."""
        self.statements += [(one.name, one.sql) for one in asked]
        if self.more is None or len(asked) < 2:
            return {one.name: self._answer(self.session, one) for one in asked}
        with ThreadPoolExecutor(min(_AT_ONCE, len(asked)), "status") as pool:
            found = list(pool.map(self._on_any, asked))
        return {one.name: answer for one, answer in zip(asked, found, strict=True)}

    def close(self) -> None:
        for session in self._opened:
            session.close()

    def _on_any(self, one: Asked) -> Result | None:
        session = self._take()
        try:
            return self._answer(session, one)
        finally:
            with self._lock:
                self._idle.append(session)

    def _take(self) -> Session:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self.more is None:
                return self.session
            self._opened.append(self.more())
            return self._opened[-1]

    def _answer(self, session: Session, one: Asked) -> Result | None:
        try:
            return session.execute(one.sql)
        except SqlError as error:
            if error.errno not in one.tolerated:
                raise
            self.errors[one.name] = error
            return None
