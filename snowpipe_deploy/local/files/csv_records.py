"""CSV as Snowflake reads it, record by record, with the places of its fields (reference D.3). Exact, and slow beside the engine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files.formats import FileFormat
from snowpipe_deploy.session import SqlError

NEWLINE = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the characters of a file mean."""

    delimiter: str
    ends: re.Pattern[str]  # the end of a record
    stops: re.Pattern[str]  # where an unenclosed field may end, or an escape begins
    quote: str
    escape: str  # of any field
    escape_plain: str  # of an unenclosed one
    trims: bool
    empty_is_null: bool
    multi_line: bool
    skips_blank: bool
    nulls: frozenset[str]
    header: int
    joins: re.Pattern[str]  # what may stand between two enclosed texts of one field


@dataclass(slots=True)
class Record:
    """`starts` are the offsets of the fields in the text; `error` says why the record cannot be read, `wrong` at which field."""

    line: int
    start: int
    fields: list[str | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    end: int = 0
    error: SqlError | None = None


def dialect(form: FileFormat) -> Dialect:
    delimiter = form.mark("FIELD_DELIMITER")
    given = form.of("RECORD_DELIMITER")
    if given.upper() == "NONE":
        ends = re.compile(r"(?!)")
    elif form.mark("RECORD_DELIMITER") in {"\n", "\r\n", "\r", "NEWLINE"}:
        ends = NEWLINE
    else:
        ends = re.compile(re.escape(form.mark("RECORD_DELIMITER")))
    escape = form.mark("ESCAPE")
    escape_plain = escape or form.mark("ESCAPE_UNENCLOSED_FIELD")
    stops = "|".join([*(re.escape(mark) for mark in (delimiter, escape_plain) if mark), ends.pattern])
    return Dialect(
        delimiter, ends, re.compile(stops), form.mark("FIELD_OPTIONALLY_ENCLOSED_BY"), escape, escape_plain,
        form.is_on("TRIM_SPACE"), form.is_on("EMPTY_FIELD_AS_NULL"), form.is_on("MULTI_LINE"), form.is_on("SKIP_BLANK_LINES"),
        frozenset(form.nulls), 1 if form.is_on("PARSE_HEADER") else int(form.of("SKIP_HEADER") or 0),
        joining(delimiter, form.mark("FIELD_OPTIONALLY_ENCLOSED_BY")),
    )  # fmt: skip


def joining(delimiter: str, quote: str) -> re.Pattern[str]:
    """Several enclosed texts with other text between them, `"a"|"b"`, are taken as one field: the published files of the video
    pipeline have them. Snowflake refuses the record (docs/explanation/local-account.md)."""
    return re.compile(rf"([^{re.escape(delimiter)}{quote}\r\n\s]+){quote}" if quote and delimiter else r"(?!)")


def records(text: str, d: Dialect) -> Iterator[Record]:
    """The records in their order; those of the header left out (SKIP_HEADER counts lines, whatever stands in them)."""
    at, line = 0, 1
    for _ in range(d.header):
        end = NEWLINE.search(text, at)
        if end is None:
            return
        at, line = end.end(), line + 1
    while at < len(text):
        record = _record(text, at, line, d)
        if not (d.skips_blank and record.fields in ([None], [""]) and record.end - record.start <= len("\r\n")):
            yield record
        line += len(NEWLINE.findall(text, at, record.end)) or 1
        at = record.end


def _record(text: str, at: int, line: int, d: Dialect) -> Record:
    record = Record(line, at)
    try:
        while True:
            record.starts.append(at)
            value, at = _enclosed(text, at, d) if _is_enclosed(text, at, d) else _plain(text, at, d)
            record.fields.append(value)
            if d.delimiter and text.startswith(d.delimiter, at):
                at += len(d.delimiter)
                continue
            end = d.ends.match(text, at)
            record.end = end.end() if end is not None else len(text)
            break
    except _UnreadableError as found:
        record.error, record.end = found.error, found.at
    broken = _SURROGATE.search(text, record.start, record.end)
    if broken is not None and record.error is None:
        held = next((value for value in record.fields if value and _SURROGATE.search(value)), "")
        record.error = sql_error("invalid_utf8", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", held)[:60])
    return record


class _UnreadableError(Exception):
    """The record ends here, at the next end of a record behind the fault."""

    def __init__(self, words: str, text: str, at: int, d: Dialect) -> None:
        super().__init__(words)
        self.error = sql_error("load", words)
        end = d.ends.search(text, at)
        self.at = end.end() if end is not None else len(text)


def _is_enclosed(text: str, at: int, d: Dialect) -> bool:
    """A quote encloses where the field begins with it; a blank before it makes it text unless TRIM_SPACE takes the blank away."""
    return bool(d.quote) and text.startswith(d.quote, _past_blanks(text, at) if d.trims else at)


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    return at


def _enclosed(text: str, at: int, d: Dialect) -> tuple[str | None, int]:
    start = at = (_past_blanks(text, at) if d.trims else at) + 1
    parts: list[str] = []
    marks = re.compile("|".join(re.escape(mark) for mark in {d.quote, d.escape} if mark))
    while True:
        found = marks.search(text, at)
        if (
            found is None
        ):  # open where the file ends: what Snowflake makes of it is not known, it is taken as far as it goes
            parts.append(text[at:])
            at = len(text)
            break
        parts.append(text[at : found.start()])
        if found[0] == d.escape != d.quote:
            parts.append(_escaped(text, found.start(), d.escape, d))
            at = found.end() + 1
        elif text.startswith(d.quote, found.end()):
            parts.append(d.quote)
            at = found.end() + 1
        elif joined := d.joins.match(text, found.end()):
            parts.append(joined[1])
            at = joined.end()
        else:
            at = found.end()
            break
    value = "".join(parts)
    if not d.multi_line and d.ends.search(text, start, at):
        raise _UnreadableError("A field holds a record delimiter and MULTI_LINE is FALSE", text, at, d)
    at = _past_blanks(text, at) if d.trims else at
    if at < len(text) and not (d.delimiter and text.startswith(d.delimiter, at)) and not d.ends.match(text, at):
        raise _UnreadableError(f"Found character '{text[at]}' instead of field delimiter '{d.delimiter}'", text, at, d)
    return None if value in d.nulls else value, at


def _plain(text: str, at: int, d: Dialect) -> tuple[str | None, int]:
    begin, parts, unknown = at, [], ""
    while True:
        found = d.stops.search(text, at)
        end = found.start() if found is not None else len(text)
        parts.append(text[at:end])
        if found is None or not d.escape_plain or found[0] != d.escape_plain:
            break
        try:
            parts.append(_escaped(text, end, d.escape_plain, d))
        except SqlError as error:
            unknown = unknown or error.text
            parts.append(text[end : end + 2])
        at = end + 2
    raw, value = text[begin:end], "".join(parts)
    if d.trims:
        raw, value = raw.strip(" \t"), value.strip(" \t")
    if raw in d.nulls or value in d.nulls or (not value and d.empty_is_null):
        return None, end
    if unknown:
        raise unsupported(unknown.partition(": ")[2])
    return value, end


def _escaped(text: str, at: int, escape: str, d: Dialect) -> str:
    """The character that an escape makes plain; what Snowflake makes of any other one is not known here."""
    following = text[at + 1 : at + 2]
    if following and (following in {escape, d.quote, "\n", "\r"} or d.delimiter.startswith(following)):
        return following
    raise unsupported(
        f"the escape sequence {escape + following!r} in a file; ESCAPE_UNENCLOSED_FIELD = NONE reads it as it stands"
    )
