"""Bound values: `?` and `:1` of a text become named ones, and what a client sent becomes values with types."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.names import literal
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import MAX_VARCHAR, DataType

_PREFIX = "__BIND_"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Binds = Mapping[str, Typed]


def named(text: str) -> str:
    """The text with `?` (by their order) and `:1` as `:__BIND_1`, which is what a variable is called."""
    out, at, count = [], 0, 0
    tokens = code(text)
    for i, token in enumerate(tokens):
        if token.text == "?":
            count += 1
            out += [text[at : token.start], f":{_PREFIX}{count}"]
            at = token.end
        elif token.text == ":" and i + 1 < len(tokens) and tokens[i + 1].text.isdigit():
            out += [text[at : token.start], f":{_PREFIX}{tokens[i + 1].text}"]
            at = tokens[i + 1].end
    return "".join(out) + text[at:]


def in_place(text: str, sent: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a PUT or GET with each `?` as the literal that was bound: what it names is no value of a query."""
    out, at, values = [], 0, [sent[key].get("value") for key in sorted(sent, key=int)]
    for token in code(text):
        if token.text == "?" and values:
            out += [text[at : token.start], literal(str(values.pop(0)))]
            at = token.end
    return "".join(out) + text[at:]


def as_written(name: str) -> str:
    """A column's name, or a message, without our names of what was bound."""
    return re.sub(rf":{_PREFIX}\d+", "?", name, flags=re.IGNORECASE) if _PREFIX in name.upper() else name


def binds(sent: Mapping[str, Mapping[str, Any]]) -> dict[str, Typed]:
    """The values of one statement."""
    return {_PREFIX + key: typed(str(one.get("type")), one.get("value")) for key, one in sent.items()}


def is_array(sent: Mapping[str, Mapping[str, Any]]) -> bool:
    """Does each bind hold a value for each of many rows?"""
    return any(isinstance(one.get("value"), list) for one in sent.values())


def rows(sent: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Typed]]:
    """The values of each row of an array bind; raises where the columns differ in length."""
    columns = {key: one["value"] for key, one in sent.items() if isinstance(one.get("value"), list)}
    if len(lengths := {len(values) for values in columns.values()}) != 1 or len(columns) != len(sent):
        raise sql_error("syntax", f"array binds of {', '.join(map(str, sorted(lengths)))} values in one statement")
    kinds = {key: str(one.get("type")) for key, one in sent.items()}
    return [
        {_PREFIX + key: typed(kinds[key], value) for key, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]


_VARCHAR = DataType("VARCHAR", (MAX_VARCHAR,))


def typed(kind: str, sent: str | None) -> Typed:
    """A value as the connectors send it, always as text: days and times as numbers since 1970 (reference G)."""
    kind = kind.upper()
    if kind == "TIMESTAMP_TZ":
        raise unsupported("a bound value of type TIMESTAMP_TZ")
    if kind in {"TEXT", "ANY"} or (sent is None and kind not in _TYPES):
        return Typed(sent, _VARCHAR)
    if kind == "FIXED":
        return _number(sent)
    if kind not in _TYPES:
        raise unsupported(f"a bound value of type {kind}")
    try:
        return Typed(None if sent is None else _READ[kind](sent), _TYPES[kind])
    except (ValueError, OverflowError) as error:
        raise sql_error("values", f"bound value {sent!r} is no {kind}") from error


def _number(sent: str | None) -> Typed:
    if sent is None:
        return Typed(None, DataType("NUMBER", (38, 0)))
    try:
        value = Decimal(sent)
    except InvalidOperation as error:
        raise sql_error("not_recognized_number", sent) from error
    exponent = value.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    return Typed(int(value) if not scale else value, DataType("NUMBER", (38, min(scale, 37))))


def _instant(sent: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(sent) // 1000)


def _date(sent: str) -> date:
    return (_EPOCH + timedelta(milliseconds=int(sent))).date()


def _time(sent: str) -> time:
    return (_EPOCH + timedelta(microseconds=int(sent) // 1000)).time()


_TYPES = {
    "REAL": DataType("FLOAT"), "BOOLEAN": DataType("BOOLEAN"), "DATE": DataType("DATE"), "TIME": DataType("TIME", (9,)),
    "TIMESTAMP_NTZ": DataType("TIMESTAMP_NTZ", (9,)), "TIMESTAMP_LTZ": DataType("TIMESTAMP_LTZ", (9,)),
    "BINARY": DataType("BINARY", (8388608,)),
}  # fmt: skip
_READ: dict[str, Any] = {
    "REAL": float, "BOOLEAN": lambda sent: sent.lower() in {"true", "1"}, "DATE": _date, "TIME": _time,
    "TIMESTAMP_NTZ": lambda sent: _instant(sent).replace(tzinfo=None), "TIMESTAMP_LTZ": _instant,
    "BINARY": bytes.fromhex,
}  # fmt: skip
