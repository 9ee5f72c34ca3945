"""Rows as the bytes of an unloaded file: CSV, JSON, Parquet (reference D.5)."""

import bz2
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files.formats import PACKED, FileFormat
from snowpipe_deploy.types import DataType

Row = Sequence[object]
_DEFLATED: dict[str, Callable[[bytes], bytes]] = {
    "GZIP": lambda content: gzip.compress(content, mtime=0), "BZ2": bz2.compress, "DEFLATE": zlib.compress,
    "RAW_DEFLATE": lambda content: zlib.compress(content, wbits=-15), "NONE": lambda content: content,
}  # fmt: skip


def packing(form: FileFormat) -> str:
    given = form.of("COMPRESSION").upper()
    return "GZIP" if given in {"AUTO", ""} else given


def suffix(form: FileFormat) -> str:
    """The end of a file's name: FILE_EXTENSION, else `.csv` or `.json` with that of the compression."""
    return form.of("FILE_EXTENSION") or f".{form.type.lower()}{PACKED[packing(form)]}"


def packed(content: bytes, form: FileFormat) -> bytes:
    return _DEFLATED[packing(form)](content)


def pieces(lines: Iterable[bytes], head: bytes, most: int) -> Iterator[tuple[bytes, int]]:
    """The contents of files of about `most` bytes each, with their rows; one of no rows where there are none at all."""
    held, rows, size = [head], 0, len(head)
    for line in lines:
        if rows and size + len(line) > most:
            yield b"".join(held), rows
            held, rows, size = [head], 0, len(head)
        held.append(line)
        rows += 1
        size += len(line)
    if rows:
        yield b"".join(held), rows


def csv_lines(form: FileFormat, types: Sequence[DataType], rows: Iterable[Row]) -> Iterator[bytes]:
    encloses = [kind.base in {"VARCHAR", "VARIANT"} for kind in types]
    delimiter, end = form.mark("FIELD_DELIMITER"), _end(form)
    nulls = form.nulls
    for row in rows:
        fields = (_field(form, value, enclosed, nulls) for value, enclosed in zip(row, encloses, strict=True))
        yield (delimiter.join(fields) + end).encode()


def csv_header(form: FileFormat, names: Sequence[str]) -> bytes:
    fields = (_field(form, name, True, ()) for name in names)
    return (form.mark("FIELD_DELIMITER").join(fields) + _end(form)).encode()


def _end(form: FileFormat) -> str:
    given = form.mark("RECORD_DELIMITER")
    return "\n" if given.upper() in {"NEWLINE", ""} else given


def _field(form: FileFormat, value: object, encloses: bool, nulls: Sequence[str]) -> str:
    quote = form.mark("FIELD_OPTIONALLY_ENCLOSED_BY")
    if value is None:
        return nulls[0] if nulls else ""
    text = _text(value)
    if quote and encloses:
        escape = form.mark("ESCAPE")
        return (
            quote
            + (
                text.replace(escape, escape * 2).replace(quote, escape + quote)
                if escape
                else text.replace(quote, quote * 2)
            )
            + quote
        )
    if not text and form.is_on("EMPTY_FIELD_AS_NULL"):
        raise sql_error(
            "load",
            "Cannot unload empty string without file format option field_optionally_enclosed_by being specified.",
        )
    escape = form.mark("ESCAPE") or form.mark("ESCAPE_UNENCLOSED_FIELD")
    if escape:
        for mark in {escape: 1, form.mark("FIELD_DELIMITER"): 1, "\n": 1, "\r": 1}:
            text = text.replace(mark, escape + mark) if mark else text
    return text


def _text(value: object) -> str:
    """A value as Snowflake's output formats spell it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime() if value.tzinfo is not None:
            return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03} {value:%z}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03}"
        case date() | int() | str():
            return str(value)
        case bytes():
            return value.hex().upper()
        case float():
            raise unsupported("unloading a FLOAT: cast it to NUMBER(p, s)")
        case _:
            return str(value)


def json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """One document a line; what is NULL is left out as an empty line would be."""
    for (value,) in rows:
        yield f"{value if value is not None else ''}\n".encode()
