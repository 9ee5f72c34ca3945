"""The tables of the record schema."""

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence

from snowpipe_deploy.model import Scope
from snowpipe_deploy.names import literal, quote
from snowpipe_deploy.session import Session

_ROWS = 400  # rows of one statement
_CHUNK = 256_000  # bytes of one statement: Snowflake takes a megabyte, and some go along with others
# RECORD is only ever added to: the newest row of a key counts. TEXT is NULL for an object that is no longer ours.
_TABLES = {
    "RECORD": "PROJECT VARCHAR, KIND VARCHAR, NAME VARCHAR, DETAIL VARCHAR, TEXT VARCHAR, SCHEMA_IN_USE VARCHAR, "
    "IDENTITY VARCHAR, FACTS VARCHAR, STATE VARCHAR, DEPLOYMENT VARCHAR, RECORDED_AT TIMESTAMP_LTZ, ORDINAL NUMBER",
    "JOURNAL": "PROJECT VARCHAR, DEPLOYMENT VARCHAR, ACTION VARCHAR, KIND VARCHAR, NAME VARCHAR, DETAIL VARCHAR, "
    "STATUS VARCHAR, MESSAGE VARCHAR, QUERY_ID VARCHAR, WRITTEN_AT TIMESTAMP_LTZ, ORDINAL NUMBER",
    "DEPLOYMENTS": "PROJECT VARCHAR, DEPLOYMENT VARCHAR, HOME VARCHAR, ENVIRONMENT VARCHAR, COMMIT_ID VARCHAR, WHO VARCHAR, "
    "STATUS VARCHAR, STARTED_AT TIMESTAMP_LTZ, ENDED_AT TIMESTAMP_LTZ",
    "LEASE": "PROJECT VARCHAR, HOLDER VARCHAR, WHO VARCHAR, TAKEN_AT TIMESTAMP_LTZ, EXPIRES_AT TIMESTAMP_LTZ",
}


def place(scope: Scope, table: str) -> str:
    return f"{quote(scope.database)}.{quote(scope.record_schema)}.{table}"


def founding(scope: Scope) -> list[str]:
    """The statements that make the record schema and its tables, in their order; they leave alone what is there."""
    schema = (
        f"CREATE SCHEMA IF NOT EXISTS {quote(scope.database)}.{quote(scope.record_schema)} "
        "COMMENT = 'What snowdeploy deployed here; do not edit'"
    )
    tables = [f"CREATE TABLE IF NOT EXISTS {place(scope, table)} ({columns})" for table, columns in _TABLES.items()]
    return [schema, *tables]


def block(statements: Sequence[str]) -> str:
    """Statements that lean on each other as one: where one fails, those behind it are not run."""
    return f"BEGIN {'; '.join(statements)}; END"


def ordinals() -> Iterator[int]:
    """Rising numbers, above those of earlier deployments: rows written in one instant of the account still have an order."""
    return itertools.count(time.time_ns() // 1000)


def inserts(scope: Scope, table: str, rows: Iterable[Sequence[str]]) -> list[str]:
    """The INSERTs of rows, cut into statements that the account takes; each row is its cells without the moment, which comes
    before the last one, a number that no two rows share."""
    statements: list[str] = []
    some: list[Sequence[str]] = []
    size = 0
    for cells in rows:
        length = sum(len(cell.encode()) for cell in cells)
        if some and (size + length > _CHUNK or len(some) >= _ROWS):
            statements.append(_insert(scope, table, some))
            some, size = [], 0
        some.append(cells)
        size += length
    return [*statements, _insert(scope, table, some)] if some else statements


def _insert(scope: Scope, table: str, rows: Sequence[Sequence[str]]) -> str:
    """What is the same in all rows is said once: the account reads every literal of a statement before it does anything."""
    columns = list(zip(*rows, strict=True))
    varying = [at for at, cells in enumerate(columns) if len(set(cells)) > 1]
    shown = [cells[0] for cells in columns]
    for number, at in enumerate(varying, 1):
        shown[at] = f"COLUMN{number}"
    shown.insert(-1, "CURRENT_TIMESTAMP()")
    values = ", ".join(f"({', '.join(row[at] for at in varying)})" for row in rows)
    source = f" FROM (VALUES {values})" if varying else ""
    return f"INSERT INTO {place(scope, table)} SELECT {', '.join(shown)}{source}"


def drop(session: Session, scope: Scope) -> None:
    session.execute(f"DROP SCHEMA IF EXISTS {quote(scope.database)}.{quote(scope.record_schema)}")


def text(value: str | None) -> str:
    """A VARCHAR literal, or NULL; bind values are not the same on all accounts, so texts are quoted here."""
    return "NULL" if value is None else literal(value)
