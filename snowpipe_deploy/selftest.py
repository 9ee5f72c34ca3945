"""The Snowflake facts that plans lean on, tried one by one in a schema that is thrown away.

A fact is a file of `facts/`: a head (`-- source:`, `-- confirmed:`, `-- leans:`), then statements with what they are to answer below
them: `-- > a | b` a row (NULL for none), `-- ! fragment` an error. What has no answer below it only prepares.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.live import observe
from snowpipe_deploy.model import Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import Session, SqlError
from snowpipe_deploy.sqltext.split import split

FOLDER = Path(__file__).parent / "facts"
_NOTHING = "-- > (no rows)"


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, its query tag, and the lines that it is to answer; none where it only prepares."""

    sql: str
    wanted: tuple[str, ...]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """`source` is where the reference says so, `confirmed` whether it is sure of it, `leans` the module that relies on it.

    `said` is what a plan says where it leans on a fact that is not confirmed, and the deploy case that shows it: `case | words`.
    """

    name: str
    source: str
    confirmed: bool
    leans: str
    steps: tuple[Step, ...]
    said: str = ""

    def __str__(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a fact holds in an account. `not tried`: what it needs could not be prepared; `detail` says why, or what came instead."""

    fact: Fact
    result: Literal["held", "did not hold", "not tried"]
    detail: str = ""


@cache
def facts() -> tuple[Fact, ...]:
    return tuple(read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.sql")))


def read(name: str, text: str) -> Fact:
    """Raises KeyError where the head of the file lacks a line."""
    lines, pieces = text.splitlines(), split(text)
    starts = [piece.line - 1 for piece in pieces]
    ends = [start + piece.text.count("\n") + 1 for start, piece in zip(starts, pieces, strict=True)]
    head = dict(line[3:].split(": ", 1) for line in lines[: starts[0]] if ": " in line)
    between = [lines[end:start] for end, start in zip([0, *ends], [*starts, len(lines)], strict=True)]
    steps = tuple(
        Step(piece.text, _answers(below), _tag(above))
        for piece, above, below in zip(pieces, between[:-1], between[1:], strict=True)
    )
    return Fact(name, head["source"], head["confirmed"] == "yes", head["leans"], steps, head.get("said", ""))


def _answers(below: list[str]) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in below if line.startswith(("-- >", "-- !")))


def _tag(above: list[str]) -> str:
    return next((line.removeprefix("-- tag ") for line in above if line.startswith("-- tag ")), "")


Guard = Callable[[], AbstractContextManager[None]]


def selftest(session: Session, scope: Scope, warehouse: str = "", guard: Guard = nullcontext) -> Iterator[Verdict]:
    """Every fact in turn, each in the schema made anew; raises UsageError where the scope's database is not there.

    `guard` is around the drop at the end.
    """
    if not observe(session, scope, ()).exists:
        raise UsageError(
            f"database {scope.database} is not there: the facts are tried in a schema of its own in it",
            hint="--database NAME of one that is",
        )
    with throwaway(session, scope, guard) as schema:
        words = {
            "schema": str(schema),
            "database": str(ObjectName(schema.parts[:1])),
            "warehouse": warehouse,
            "unique": schema.last,
        }
        for fact in facts():
            session.execute(f"CREATE OR REPLACE SCHEMA {schema}")
            session.execute(f"USE SCHEMA {schema}")
            yield tried(session, fact, words)


@contextmanager
def throwaway(session: Session, scope: Scope, guard: Guard = nullcontext) -> Iterator[ObjectName]:
    """A schema of a name that nobody has, dropped whatever happens."""
    schema = ObjectName((scope.database, f"SNOWDEPLOY_SELFTEST_{uuid.uuid4().hex[:12].upper()}"))
    try:
        session.execute(f"CREATE SCHEMA {schema}")
        yield schema
    finally:
        with guard():
            session.execute(f"DROP SCHEMA IF EXISTS {schema}")


def tried(session: Session, fact: Fact, words: Mapping[str, str]) -> Verdict:
    """What has no answer below it must succeed, or nothing is said of the fact."""
    for step in fact.steps:
        lacking = [word for word, value in words.items() if not value and f"{{{word}}}" in step.sql]
        if lacking:
            return Verdict(fact, "not tried", f"it needs a {lacking[0]}")
        sql = _filled(step.sql, words)
        found = answer(session, sql, _filled(step.tag, words))
        if not step.wanted and found[0].startswith("-- !"):
            return Verdict(fact, "not tried", found[0][5:])
        if step.wanted and not _as_wanted(step, found):
            return Verdict(
                fact, "did not hold", f"{' '.join(sql.split())}: {'; '.join(line[5:] for line in found[:3])}"
            )
    return Verdict(fact, "held")


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text


def answer(session: Session, sql: str, tag: str = "") -> list[str]:
    """Rows or the error as the lines of a file."""
    try:
        rows = session.execute(sql, tag).rows
    except SqlError as error:
        return [f"-- ! {' '.join(str(error).split())}"]
    return [f"-- > {' | '.join(map(_shown, row))}".rstrip() for row in rows] or [_NOTHING]


def _shown(value: object) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return "NULL" if value is None else text


def _as_wanted(step: Step, found: list[str]) -> bool:
    if step.wanted[0].startswith("-- !"):
        return found[0].startswith("-- !") and step.wanted[0][5:] in found[0]
    return list(step.wanted) == found if "ORDER BY" in step.sql.upper() else sorted(step.wanted) == sorted(found)
