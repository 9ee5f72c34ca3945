"""Whether a CSV file is so regular that the engine reads it as Snowflake does: told beside it, from the bytes alone."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from snowpipe_deploy.local.files.csv_records import NEWLINE, Dialect

_BOM = b"\xef\xbb\xbf"
_LONGEST = 1 << 27


def may_be_regular(d: Dialect, encoding: str) -> bool:
    """Does the engine know these marks at all?"""
    marks = (d.delimiter, d.quote)
    return (
        encoding == "utf-8" and d.ends is NEWLINE and len(d.delimiter) == 1 and len(d.quote) <= 1
        and all(mark.isascii() and mark not in "\r\n " for mark in marks if mark)
        and not d.escape and d.multi_line and not d.skips_blank
    )  # fmt: skip


class Shape(Enum):
    """What the engine may be trusted with: EVEN has as many fields in every record, UNEVEN has not, of ODD only we know the records."""

    EVEN = "even"
    UNEVEN = "uneven"
    ODD = "odd"


@lru_cache(maxsize=100)
def _records(delimiter: str, quote: str, count: int) -> re.Pattern[bytes]:
    """As many records as there are, each with its line end, of `count` fields (0: of any number, but not none); quotes enclose whole
    fields or are not there."""
    apart, q = re.escape(delimiter), re.escape(quote)
    plain = rf"[^{q}{apart}\r\n]*+"
    enclosed = rf"{q}[^{q}]*+(?:{q}{q}[^{q}]*+)*+{q}"
    joined = rf"(?:[^{q}{apart}\s]++{enclosed})*+"  # see csv_records.joining
    field = rf"(?:{enclosed}{joined}|{plain})" if quote else plain
    some, more = ("", f"{{{count - 1}}}") if count else (r"(?![\r\n])", "*+")
    return re.compile(rf"(?:{some}{field}(?:{apart}{field}){more}\r?\n)*+".encode())


def shape(pieces: Iterator[bytes], d: Dialect, count: int) -> Shape:
    """EVEN with `count` fields a record; ODD as soon as anything can be taken in two ways."""
    even, uneven = _records(d.delimiter, d.quote, count), _records(d.delimiter, d.quote, 0)
    rest, found = b"", Shape.EVEN
    for piece in _records_of(pieces, d):
        if piece is None or len(rest) > _LONGEST:
            return Shape.ODD
        rest += piece
        if found is Shape.EVEN:
            rest = rest[_end(even, rest) :]
        if (
            found is Shape.UNEVEN or b"\n" in rest
        ):  # it stopped at a record of another width, or at one that is not whole yet
            left = rest[_end(uneven, rest) :]
            found = Shape.UNEVEN if len(left) < len(rest) else found
            rest = left
    return Shape.ODD if rest else found


def _records_of(pieces: Iterator[bytes], d: Dialect) -> Iterator[bytes | None]:
    """The bytes behind the header, the last with a line end; None where they hold what decides against the engine."""
    escape, quote = d.escape_plain.encode(), d.quote.encode()
    held, first, skip, last = b"", True, d.header, b""
    for piece in pieces:
        held += piece
        if first:
            held, first = held.removeprefix(_BOM), False
        while skip and (end := held.find(b"\n")) >= 0:
            if (quote and quote in held[:end]) or b"\r" in held[: max(0, end - 1)]:
                yield None
            held, skip = held[end + 1 :], skip - 1
        if not skip and held:
            if (escape and escape in held) or (d.trims and quote and quote in held):
                yield None
            yield held
            held, last = b"", held[-1:]
    if last not in {b"", b"\n"}:
        yield b"\n"


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
