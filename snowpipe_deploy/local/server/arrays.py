"""Array binds: one statement with the values of many rows, which is done as a whole or not at all."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.local.runner import Answer
from snowpipe_deploy.local.server.binding import Binds
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.types import DataType

_ROWS = "__BIND_ROWS"


def run(session: LocalSession, text: str, rows: Sequence[Binds], tag: str) -> Answer:
    """The statement with each row's binds; the answer counts the rows of all."""
    if (names := _plain(code(text))) and set(names) <= rows[0].keys():
        sql, binds = _at_once(text, names, rows)
        return session.answer(sql, tag, binds)
    with session.changes():
        return _sum([session.answer(text, tag, row) for row in rows])


def _sum(answers: Sequence[Answer]) -> Answer:
    last = answers[-1]
    if last.rowcount is None:
        return last
    counts = [sum(int(str(n)) for n in column) for column in zip(*(a.rows.rows[0] for a in answers), strict=True)]
    rowcount = sum(answer.rowcount or 0 for answer in answers)
    return replace(last, rows=replace(last.rows, rows=(tuple(counts),)), rowcount=rowcount)


def _plain(tokens: Sequence[Token]) -> list[str]:
    """The binds of an `INSERT … VALUES (:a, :b)` whose row has nothing else in it; none for any other statement."""
    words = [token.upper or token.text for token in tokens if token.text != ";"]
    if not words or words[0] != "INSERT" or words.count("VALUES") != 1:
        return []
    row = words[words.index("VALUES") + 1 :]
    names = row[2::3]
    return names if row == ["(", *_listed(names), ")"] else []


def _listed(names: Sequence[str]) -> list[str]:
    return [word for name in names for word in (",", ":", name)][1:]


def _at_once(text: str, names: Sequence[str], rows: Sequence[Binds]) -> tuple[str, dict[str, Typed]]:
    """The INSERT from a list of rows that is bound as one value: a statement a row would take milliseconds each."""
    values = next(token for token in code(text) if token.upper == "VALUES")
    fields = ", ".join(_field(i, _widest([row[name].type for row in rows])) for i, name in enumerate(names))
    content = json.dumps([[_plain_value(row[name].value) for name in names] for row in rows], ensure_ascii=False)
    sql = f"{text[: values.start]}SELECT {fields} FROM TABLE(FLATTEN(INPUT => :{_ROWS})) AS {_ROWS}"
    return sql, {_ROWS: Typed(content, DataType("ARRAY"))}


def _widest(types: Sequence[DataType]) -> DataType:
    """All values of a column have one type; numbers differ in how many decimals they were written with."""
    return max(types, key=lambda kind: kind.sizes[-1] if kind.base == "NUMBER" else 0)


def _field(index: int, kind: DataType) -> str:
    said = f"{_ROWS}.VALUE[{index}]::VARCHAR"
    match kind.base:
        case "VARCHAR":
            return said
        case "BINARY":
            return f"TO_BINARY({said}, 'HEX')"
        case _:
            return f"{said}::{kind}"


def _plain_value(value: object) -> str | None:
    match value:
        case None:
            return None
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            return str(value)
