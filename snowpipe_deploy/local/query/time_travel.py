"""AT and BEFORE: a moment, an offset in seconds or a stream's position as a version of the change log.

There is no history but that log: it begins with the first stream on a table and ends where all streams have passed, so what lies
before is refused by name.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.sqltext.lexer import code


def position(runner: Runner, verb: str, inside: str, source: Entry, tables: Sequence[Entry]) -> int:
    """The version that `AT (…)` or `BEFORE (…)` means for a source and the tables below it; `inside` is what the parentheses hold."""
    cursor = Cursor(inside)
    kind = cursor.take().upper
    cursor.expect("=>")
    version = (
        _of_stream(runner, verb, cursor, source) if kind == "STREAM" else _of_time(runner, verb, kind, cursor.rest)
    )
    for table in tables:
        if not table.properties.get("tracked") or version < int(table.properties.get("kept", 0)):
            raise unsupported(
                f"{verb} ({inside}): the changes of table {table.name} that are kept do not reach back to it"
            )
    return version


def rows_at(runner: Runner, verb: str, inside: str, table: Entry) -> str:
    """The rows of a table then, with their hidden ids, as DuckDB text."""
    version = position(runner, verb, inside, table, [table])
    if version < int(table.properties.get("shaped", 0)):
        raise unsupported(f"{verb} ({inside}): table {table.name} has had other columns since")
    return changes.as_of(table, str(version))


def _of_stream(runner: Runner, verb: str, cursor: Cursor, source: Entry) -> int:
    if verb != "AT":
        raise unsupported("BEFORE (STREAM => …)")
    other = runner.catalog.get("STREAM", runner.full(ObjectName.parse(cursor.take().value)))
    if not changes.is_on(other, source):
        raise sql_error("syntax", f"stream {other.name} is not on the same table")
    changes.require_fresh(runner, [other.id])
    return int(str(runner.engine.all("SELECT version FROM _account.offsets WHERE stream = ?", [other.id])[0][0]))


def _of_time(runner: Runner, verb: str, kind: str, text: str) -> int:
    """TO_TIMESTAMP_LTZ(n, 9) keeps its nanoseconds; any other time is read to the microsecond, and AT takes all of it."""
    exact = re.fullmatch(r"TO_TIMESTAMP_LTZ\s*\(\s*(\d+)\s*,\s*9\s*\)", text.strip(), re.IGNORECASE)
    if exact is not None:
        at = int(exact[1]) - (verb == "BEFORE")
    else:
        at = int(_moment(runner, verb, kind, text).timestamp() * 1_000_000) * 1000 + (999 if verb == "AT" else -1)
    kept = runner.engine.all("SELECT min(moment) FROM _account.commits")[0][0]
    if isinstance(kept, datetime) and at < int(kept.timestamp() * 1_000_000) * 1000:
        raise unsupported(f"{verb} ({kind} => {text}): the changes that are kept do not reach back to it")
    return changes.version_at(runner.engine, at)


def _moment(runner: Runner, verb: str, kind: str, text: str) -> datetime:
    if kind == "OFFSET":
        seconds = _constant(runner, f"({text})::NUMBER(38, 3)")
        return runner.now() + timedelta(seconds=float(str(seconds)))
    if kind != "TIMESTAMP":
        raise unsupported(f"{verb} ({kind} => …)")
    found = _constant(runner, f"({text})::TIMESTAMP_LTZ")
    if not isinstance(found, datetime):
        raise sql_error("syntax", f"{text} is no time")
    return found


def _constant(runner: Runner, text: str) -> object:
    from snowpipe_deploy.local.query.translate import translate  # it asks this module about AT in FROM

    if any(token.upper in {"FROM", "SELECT"} for token in code(text)):
        raise sql_error("syntax", f"syntax error: {text} is no constant")
    return runner.engine.query(translate(runner, f"SELECT {text}", {}).sql).rows[0][0]
