"""Whether a CSV file is so regular that the engine reads it as Snowflake does: told beside it, from the bytes alone."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from snowpipe_deploy.local.files.csv_records import Dialect

_BOM = b"\xef\xbb\xbf"


def may_be_regular(d: Dialect, encoding: str) -> bool:
    """Does the engine know these marks at all?"""
    marks = (d.delimiter, d.quote)
    return (
        encoding == "utf-8" and "\n" in d.ends.pattern and len(d.delimiter) == 1 and len(d.quote) <= 1
        and all(mark.isascii() and mark not in "\r\n " for mark in marks if mark)
        and not d.escape and d.multi_line and not d.skips_blank
    )  # fmt: skip


@lru_cache(maxsize=100)
def _records(delimiter: str, quote: str, count: int) -> re.Pattern[bytes]:
    """As many records of `count` fields as there are, each with its line end; quotes enclose whole fields or are not there."""
    apart, q = re.escape(delimiter), re.escape(quote)
    plain = rf"[^{q}{apart}\r\n]*+"
    enclosed = rf"{q}[^{q}]*+(?:{q}{q}[^{q}]*+)*+{q}"
    joined = rf"(?:[^{q}{apart}\s]++{enclosed})*+"  # see csv_records.joining
    field = rf"(?:{enclosed}{joined}|{plain})" if quote else plain
    return re.compile(rf"(?:{field}(?:{apart}{field}){{{count - 1}}}\r?\n)*+".encode())


def is_regular(pieces: Iterator[bytes], d: Dialect, count: int) -> bool:
    """Is all of it records of `count` fields, with nothing that the engine and Snowflake take in two ways?"""
    pattern, escape = _records(d.delimiter, d.quote, count), d.escape_plain.encode()
    rest, first, skip = b"", True, d.header
    for piece in chain(pieces, [b""]):
        held = rest + piece
        if first:
            held = held.removeprefix(_BOM)
            first = not held
        if not piece and held and not held.endswith(b"\n"):
            held += b"\n"
        while skip and (end := held.find(b"\n")) >= 0:
            if (d.quote and held.count(d.quote.encode(), 0, end)) or b"\r" in held[: max(0, end - 1)]:
                return False
            held, skip = held[end + 1 :], skip - 1
        if (escape and escape in held) or (d.trims and d.quote and d.quote.encode() in held):
            return False
        rest = held if skip else held[_end(pattern, held) :]
        if len(rest) > 1 << 27:
            return False
    return not rest or bool(skip)


def _end(pattern: re.Pattern[bytes], held: bytes) -> int:
    found = pattern.match(held)
    return found.end() if found is not None else 0


def width(head: bytes, d: Dialect, fields: int) -> int:
    """How many fields the first record has, going by its first line; `fields` where there is none."""
    lines = head.removeprefix(_BOM).split(b"\n", d.header + 1)[d.header : d.header + 1]
    if not lines or not lines[0]:
        return fields
    text, count, inside = lines[0].decode("utf-8", "replace"), 1, False
    for character in text:
        if character == d.quote:
            inside = not inside
        elif character == d.delimiter and not inside:
            count += 1
    return count
