"""Reads one stage file into a temporary table: `C1`, `C2` … (for `$1`, `$2` …) as text (or one VARIANT) beside METADATA$ columns."""

import codecs
import csv
import gzip
import shutil
import tempfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, TextIO, cast

from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import INVALID_UTF8, sql_error, unsupported
from snowpipe_deploy.local.query.rules.semi_structured import repeats_a_key
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import DataType

TEXT, NUMBER = DataType("VARCHAR", (16777216,)), DataType("NUMBER", (38, 0))
MOMENT = DataType("TIMESTAMP_NTZ", (9,))
METADATA = (
    ("METADATA$FILENAME", TEXT),
    ("METADATA$FILE_ROW_NUMBER", NUMBER),
    ("METADATA$FILE_CONTENT_KEY", TEXT),
    ("METADATA$FILE_LAST_MODIFIED", MOMENT),
    ("METADATA$START_SCAN_TIME", DataType("TIMESTAMP_LTZ", (9,))),
)
# stand for no field at all, and for a byte that is not UTF-8: texts that no file has in its fields
_ABSENT, _BROKEN = "\x02\x1d\x02", "\x02\x1e\x02"
# option: the values that the local account knows (upper case), the first one Snowflake's default
_CSV = {
    "RECORD_DELIMITER": ("\\N", "NEWLINE", "\n"), "MULTI_LINE": ("TRUE",), "PARSE_HEADER": ("FALSE",),
    "SKIP_BLANK_LINES": ("FALSE",), "DATE_FORMAT": ("AUTO",), "TIME_FORMAT": ("AUTO",), "TIMESTAMP_FORMAT": ("AUTO",),
    "BINARY_FORMAT": ("HEX",), "ESCAPE": ("NONE",), "REPLACE_INVALID_CHARACTERS": ("FALSE",),
    "ENCODING": ("UTF8", "UTF-8"), "COMPRESSION": ("AUTO", "GZIP", "NONE"), "SKIP_BYTE_ORDER_MARK": ("TRUE",),
}  # fmt: skip
_FREE = frozenset({"SKIP_HEADER", "FIELD_DELIMITER", "FIELD_OPTIONALLY_ENCLOSED_BY", "ESCAPE_UNENCLOSED_FIELD", "TRIM_SPACE",
                   "NULL_IF", "EMPTY_FIELD_AS_NULL", "ERROR_ON_COLUMN_COUNT_MISMATCH"})  # fmt: skip
_JSON = {
    "STRIP_NULL_VALUES": ("FALSE",), "ALLOW_DUPLICATE": ("FALSE",), "ENABLE_OCTAL": ("FALSE",), "MULTI_LINE": ("TRUE",),
    "IGNORE_UTF8_ERRORS": ("FALSE",), "COMPRESSION": ("AUTO", "GZIP", "NONE"), "TRIM_SPACE": ("FALSE",),
    "DATE_FORMAT": ("AUTO",), "TIME_FORMAT": ("AUTO",), "TIMESTAMP_FORMAT": ("AUTO",), "SKIP_BYTE_ORDER_MARK": ("TRUE",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileFormat:
    """CSV or JSON with its options, as `WORD: value` text."""

    type: str
    options: dict[str, str]

    def is_on(self, option: str, *, default: bool) -> bool:
        return self.options.get(option, str(default)).upper() == "TRUE"


@dataclass(frozen=True, slots=True)
class Reading:
    """How many records a file has, and those that could not be read at all, by number."""

    rows: int
    unreadable: Mapping[int, SqlError]


def check(form: FileFormat) -> None:
    """Refuses options whose effect the local account does not have."""
    if form.type not in {"CSV", "JSON"}:
        raise unsupported(f"loading {form.type} files")
    known = _CSV if form.type == "CSV" else _JSON
    free = _FREE if form.type == "CSV" else {"STRIP_OUTER_ARRAY"}
    for option, value in form.options.items():
        if option in free:
            continue
        if option not in known or value.upper() not in {*known[option], ""}:
            raise unsupported(f"{form.type} option {option} = {value}")


def columns(form: FileFormat, count: int) -> tuple[tuple[str, DataType], ...]:
    """The columns of that table for a file read with `count` fields."""
    if form.type == "JSON":
        return (("C1", DataType("VARIANT")), *METADATA)
    return (*((f"C{i}", TEXT) for i in range(1, count + 1)), *METADATA)


def read(
    engine: Engine, file: StageFile, form: FileFormat, count: int, table: str, *, exact: bool, now: datetime
) -> Reading:
    """Fills the temporary table with the records of one file; `exact`: a record without `count` fields is unreadable."""
    meta = (
        f'{_text(file.path)} AS "METADATA$FILENAME", CAST(row_number() OVER () AS DECIMAL(38,0)) AS "METADATA$FILE_ROW_NUMBER", '
        f'{_text(file.md5)} AS "METADATA$FILE_CONTENT_KEY", CAST({_text(str(file.modified))} AS TIMESTAMPTZ)::TIMESTAMP '
        f'AS "METADATA$FILE_LAST_MODIFIED", CAST({_text(str(now))} AS TIMESTAMPTZ) AS "METADATA$START_SCAN_TIME"'
    )
    unreadable: dict[int, SqlError] = {}
    if form.type == "JSON":
        shape = "array" if form.is_on("STRIP_OUTER_ARRAY", default=False) else "unstructured"
        source = f"read_json_objects({_text(str(file.file))}, format = '{shape}', maximum_object_size = 134217728)"
        engine.run(f'CREATE OR REPLACE TEMP TABLE {table} AS SELECT CAST(json AS JSON) AS "C1", {meta} FROM {source}')
        # on its own: beside row_number() it could change the order in which the rows are counted
        twice = repeats_a_key('"C1"')
        for (found,) in engine.all(f'SELECT left("C1", 60) FROM {table} WHERE {twice} LIMIT 1'):
            raise sql_error("json", str(found))
    else:
        # the tail is read beside the engine, which reads a file on one core
        with ExitStack() as opened, ThreadPoolExecutor(1) as beside:
            tail = beside.submit(_tail, file.file)
            try:
                _read_csv(engine, file.file, form, count, table, meta)
            except SqlError as error:
                if error.errno != INVALID_UTF8:
                    raise
                file = replace(file, file=opened.enter_context(_marked(file.file)))
                _read_csv(engine, file.file, form, count, table, meta)
                unreadable |= _undecodable(engine, table, count)
            if _may_end_open(engine, table, count, tail.result(), _quote(form), _delimiter(form)) and _ends_open(
                file.file, form
            ):
                file = replace(file, file=opened.enter_context(_marked(file.file, end=_quote(form))))
                _read_csv(engine, file.file, form, count, table, meta)
            if form.options.get("ESCAPE_UNENCLOSED_FIELD", "\\") not in {"NONE", "none"}:
                _refuse_backslash(engine, file)
            if exact:
                unreadable |= _wrong_counts(engine, file.file, form, count)
    return Reading(int(str(engine.all(f"SELECT count(*) FROM {table}")[0][0])), unreadable)


def _read_csv(engine: Engine, file: Path, form: FileFormat, count: int, table: str, meta: str) -> None:
    fields = ", ".join(f'{_cleaned(form, i)} AS "C{i}"' for i in range(1, count + 1))
    engine.run(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {fields}, {meta} FROM {_csv(file, form, count)}")


def _wrong_counts(engine: Engine, file: Path, form: FileFormat, count: int) -> dict[int, SqlError]:
    """The records that have fewer or more fields than the table has columns."""
    fields = " + ".join(f"(c{i} IS NOT NULL)::INT" for i in range(1, count + 2))
    numbered = f"SELECT row_number() OVER () AS r, {fields} AS n FROM {_csv(file, form, count + 1, absent=_ABSENT)}"
    found: list[Any] = engine.all(f"SELECT r, n FROM ({numbered}) WHERE n <> {count}")
    words = "Number of columns in file ({}) does not match that of the corresponding table ({})"
    return {row: sql_error("load", words.format(n, count)) for row, n in found}


def _opened(file: Path, errors: str) -> TextIO:
    if file.suffix == ".gz":
        return cast("TextIO", gzip.open(file, "rt", encoding="utf-8", errors=errors, newline=""))
    return file.open(encoding="utf-8", errors=errors, newline="")


@contextmanager
def _marked(file: Path, end: str = "") -> Iterator[Path]:
    """A copy of the file in which a mark stands for each run of bytes that are not UTF-8, with `end` added to it."""
    codecs.register_error("snowdeploy_mark", lambda error: (_BROKEN, error.end))  # type: ignore[attr-defined]  # decoding only
    with tempfile.TemporaryDirectory(prefix="snowdeploy-") as folder:
        copy = Path(folder) / "copy.csv"
        with _opened(file, "snowdeploy_mark") as source, copy.open("w", encoding="utf-8", newline="") as target:
            shutil.copyfileobj(source, target)
            target.write(end)
        yield copy


# -- a quoted text that is open where the file ends: the engine would drop its last character ---------------------------


def _tail(file: Path) -> str:
    """The last characters of the file, without the newline that ends it; nothing where it cannot be read."""
    tail = ""
    with suppress(OSError, EOFError, zlib.error), _opened(file, "replace") as source:
        while text := source.read(1 << 20):
            tail = (tail + text)[-(1 << 16) :]
    return tail.removesuffix("\n").removesuffix("\r")


def _may_end_open(engine: Engine, table: str, count: int, tail: str, quote: str, delimiter: str) -> bool:
    """A file ends in a quote or in the last field as it was read; else its end needs a closer look."""
    if not quote or not tail or tail.endswith(quote):
        return False
    fields = ", ".join(f'"C{i}"' for i in range(count, 0, -1))
    last = (
        f"SELECT right(coalesce({fields}, ''), 60000) FROM {table} ORDER BY \"METADATA$FILE_ROW_NUMBER\" DESC LIMIT 1"
    )
    for (text,) in engine.all(last):
        before = tail.removesuffix(str(text))
        # a field that was not quoted stands whole behind a delimiter
        return len(before) + len(str(text)) != len(tail) or before[-1:] not in {"", "\n", "\r", delimiter}
    return False


def _ends_open(file: Path, form: FileFormat) -> bool:
    """With a newline added, the last field of the file holds that newline only where its quote is open."""
    limit = csv.field_size_limit(1 << 30)
    try:
        with _opened(file, "replace") as source:
            records = csv.reader(chain(source, ["\n"]), delimiter=_delimiter(form), quotechar=_quote(form))
            last = deque(records, maxlen=1)
    finally:
        csv.field_size_limit(limit)
    return any(record and record[-1].endswith("\n") for record in last)


# -- records that cannot be decoded ------------------------------------------------------------------------------------


def _undecodable(engine: Engine, table: str, count: int) -> dict[int, SqlError]:
    """The records that hold the mark; Snowflake refuses such a record unless REPLACE_INVALID_CHARACTERS is on."""
    mark = _text(_BROKEN)
    held = " OR ".join(f'contains("C{i}", {mark})' for i in range(1, count + 1))
    shown = ", ".join(f'CASE WHEN contains("C{i}", {mark}) THEN "C{i}" END' for i in range(1, count + 1))
    found: list[Any] = engine.all(
        f'SELECT CAST("METADATA$FILE_ROW_NUMBER" AS BIGINT), left(coalesce({shown}), 60) FROM {table} WHERE {held}'
    )
    return {row: sql_error("invalid_utf8", text.replace(_BROKEN, "\N{REPLACEMENT CHARACTER}")) for row, text in found}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _csv(file: Path, form: FileFormat, count: int, absent: str = "") -> str:
    quote = _quote(form)
    delimiter = _delimiter(form)
    if form.options.get("EMPTY_FIELD_AS_NULL", "TRUE").upper() != "TRUE":
        absent = absent or _ABSENT
    names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(1, count + 1))
    return (
        f"read_csv({_text(str(file))}, columns = {{{names}}}, auto_detect = false, header = false, "
        f"skip = {int(form.options.get('SKIP_HEADER', '0'))}, delim = {_text(delimiter)}, quote = {_text(quote)}, "
        f"escape = {_text(quote)}, nullstr = {_text(absent)}, allow_quoted_nulls = false, strict_mode = false, "
        "null_padding = true, parallel = false, max_line_size = 134217728)"
    )


def _quote(form: FileFormat) -> str:
    given = form.options.get("FIELD_OPTIONALLY_ENCLOSED_BY", "NONE")
    return "" if given.upper() == "NONE" else given


def _delimiter(form: FileFormat) -> str:
    return form.options.get("FIELD_DELIMITER", ",")


def _cleaned(form: FileFormat, i: int) -> str:
    value = f"c{i}"
    if form.is_on("TRIM_SPACE", default=False):
        value = f"trim({value}, ' ')"
    for null in null_values(form):
        value = f"nullif({value}, {_text(null)})"
    return value


def null_values(form: FileFormat) -> list[str]:
    given = form.options.get("NULL_IF")
    return ["\\N"] if given is None else [token.value for token in code(given) if token.kind == "string"]


def _refuse_backslash(engine: Engine, file: StageFile) -> None:
    lines = (
        f"read_csv({_text(str(file.file))}, columns = {{'l': 'VARCHAR'}}, auto_detect = false, delim = '\x01', quote = '', "
        "escape = '', strict_mode = false, header = false, max_line_size = 134217728)"
    )
    found = engine.all(f"SELECT 1 FROM {lines} WHERE contains(l, '\\') LIMIT 1")
    if found:
        raise unsupported(
            f"{file.path} holds backslashes and the file format leaves ESCAPE_UNENCLOSED_FIELD at its default; set it to NONE"
        )


def format_of(text: str, named: dict[str, str] | None) -> FileFormat:
    """From the inside of `FILE_FORMAT = ( … )` and, where it names one, the options of that format."""
    if named is not None:
        options = {k: str(v) for k, v in named.items() if k != "TYPE"}
        return FileFormat(named["TYPE"], options)
    options, tokens = {}, code(text)
    i = 0
    while i < len(tokens):
        if i + 2 >= len(tokens) or tokens[i + 1].text != "=":
            raise sql_error("syntax", f"syntax error in FILE_FORMAT: {text!r}")
        if tokens[i + 2].text == "(":
            end = next(j for j in range(i, len(tokens)) if tokens[j].text == ")")
            options[tokens[i].upper] = text[tokens[i + 2].start : tokens[end].end]
            i = end + 1
        else:
            options[tokens[i].upper] = tokens[i + 2].value
            i += 3
        if i < len(tokens) and tokens[i].text == ",":
            i += 1
    kind = options.pop("TYPE", "CSV").upper()
    return FileFormat(kind, options)
