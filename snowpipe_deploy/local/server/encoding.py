"""Rows as the connectors read them: types by Snowflake's wire names, each value a text or null."""

import gzip
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.types import DataType

_FIRST = 1000  # rows that travel in the reply itself
_EACH = 20_000  # rows of a chunk
_WIRE = {
    "NUMBER": "fixed", "VARCHAR": "text", "FLOAT": "real", "BOOLEAN": "boolean", "DATE": "date", "TIME": "time",
    "TIMESTAMP_NTZ": "timestamp_ntz", "TIMESTAMP_LTZ": "timestamp_ltz", "TIMESTAMP_TZ": "timestamp_tz", "VARIANT": "variant", "OBJECT": "object",
    "ARRAY": "array", "BINARY": "binary",
}  # fmt: skip
_DAY_ZERO = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 67108864  # bytes of a text


def rowtype(name: str, kind: DataType) -> dict[str, object]:
    """The metadata of a column. Whether it may be NULL is not known here: it may."""
    found: dict[str, object] = {
        "name": name, "database": "", "schema": "", "table": "", "nullable": True, "type": _WIRE[kind.base],
        "length": None, "byteLength": None, "precision": None, "scale": None, "collation": None,
    }  # fmt: skip
    match kind.base:
        case "NUMBER":
            found |= {"precision": kind.sizes[0], "scale": kind.sizes[1]}
        case "VARCHAR":
            length = kind.sizes[0] if kind.sizes else 16777216
            found |= {"length": length, "byteLength": min(4 * length, _LONGEST)}
        case "BINARY":
            length = kind.sizes[0] if kind.sizes else 8388608
            found |= {"length": length, "byteLength": length}
        case "TIME" | "TIMESTAMP_NTZ" | "TIMESTAMP_LTZ" | "TIMESTAMP_TZ":
            found |= {"precision": 0, "scale": kind.sizes[0] if kind.sizes else 9}
    return found


def cells(rows: Sequence[Sequence[object]], types: Sequence[DataType]) -> list[list[str | None]]:
    """Each value as text, by the type of its column."""
    if not rows:
        return []
    columns = [
        [None if value is None else write(value) for value in column]
        for write, column in zip((_WRITE[kind.base] for kind in types), zip(*rows, strict=True), strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def split(rows: Rows) -> tuple[Sequence[Sequence[object]], list[range]]:
    """The rows that come with the reply, and the ranges of those that are fetched later, a chunk each."""
    count = len(rows.rows)
    first = count if count <= 2 * _FIRST else _FIRST
    return rows.rows[:first], [range(at, min(at + _EACH, count)) for at in range(first, count, _EACH)]


def chunk(rows: Rows, part: range) -> bytes:
    """A chunk's file: arrays of values with commas between, gzipped."""
    text = json.dumps(cells(rows.rows[part.start : part.stop], rows.types), ensure_ascii=False)
    return gzip.compress(text[1:-1].encode(), compresslevel=1)


def _number(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _real(value: object) -> str:
    text = repr(value)
    return "NaN" if text == "nan" else text


def _date(value: object) -> str:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no date")
    return str((value - _DAY_ZERO).days)


def _time(value: object) -> str:
    if not isinstance(value, time):
        raise TypeError(f"{value!r} is no time")
    return f"{value.hour * 3600 + value.minute * 60 + value.second}.{value.microsecond:06d}000"


def _timestamp(value: object) -> str:
    """Seconds since 1970 with nine decimals; one without a zone is taken for UTC."""
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is no timestamp")
    gone = (value if value.tzinfo else value.replace(tzinfo=UTC)) - _EPOCH
    micros = (gone.days * 86400 + gone.seconds) * 1_000_000 + gone.microseconds
    sign, micros = ("-", -micros) if micros < 0 else ("", micros)
    return f"{sign}{micros // 1_000_000}.{micros % 1_000_000:06d}000"


def _zoned(value: object) -> str:
    """The instant, and the minutes of its offset counted from -24:00."""
    offset = value.utcoffset() if isinstance(value, datetime) else None
    if offset is None:
        raise TypeError(f"{value!r} has no offset")
    return f"{_timestamp(value)} {offset // timedelta(minutes=1) + 1440}"


def _binary(value: object) -> str:
    if not isinstance(value, bytes | bytearray | memoryview):
        raise TypeError(f"{value!r} is no binary value")
    return bytes(value).hex().upper()


_WRITE: dict[str, Callable[[object], str]] = {
    "NUMBER": _number, "VARCHAR": str, "FLOAT": _real, "BOOLEAN": lambda value: "1" if value else "0", "DATE": _date,
    "TIME": _time, "TIMESTAMP_NTZ": _timestamp, "TIMESTAMP_LTZ": _timestamp, "TIMESTAMP_TZ": _zoned, "VARIANT": str, "OBJECT": str, "ARRAY": str,
    "BINARY": _binary,
}  # fmt: skip
