"""A CSV file as a table of the engine: read by the engine where the file is regular, else record by record."""

import tempfile
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.files import csv_records, csv_shape, opening
from snowpipe_deploy.local.files.csv_records import Dialect, Record
from snowpipe_deploy.local.files.csv_shape import Shape
from snowpipe_deploy.local.files.formats import FileFormat, encoding
from snowpipe_deploy.session import SqlError

_LONGEST = 1 << 27
_ABSENT = "\x02\x1d\x02"  # stands for no field at all: a text that no file has in its fields
_MISMATCH = (
    "Number of columns in file ({0}) does not match that of the corresponding table ({1}), "
    "use file format option error_on_column_count_mismatch=false to ignore this error"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a record stands; `fields` are its fields, each as its place in the line (from 1) and its bytes from the start."""

    line: int
    fields: tuple[tuple[int, int], ...]
    text: str

    def of(self, number: int) -> tuple[int, int]:
        """Place and offset of a field; of the last that is there where the record has fewer."""
        return self.fields[min(number, len(self.fields) - 1)]


def read(
    engine: Engine, file: Path, path: str, form: FileFormat, count: int, table: str, meta: str, *, exact: bool
) -> dict[int, SqlError]:
    """Fills the temporary table with C1 … C<count>; answers the records that cannot be read, by number."""
    d, packed = csv_records.dialect(form), opening.packing(path, form)
    skips_mark = form.of("SKIP_BYTE_ORDER_MARK").upper() != "FALSE"
    if csv_shape.may_be_regular(d, encoding(form)) and opening.is_at_hand(file, packed) and skips_mark:
        with opening.unpacked(file, packed) as pieces:
            wide = csv_shape.width(next(pieces, b""), d, count)
        shape = read_by_engine(engine, file, packed, form, (wide, count), table, meta)
        if shape is Shape.EVEN and (wide == count or not exact):
            return {}
        if shape is not Shape.ODD:
            return _wrong_counts(engine, file, path, form, count) if exact else {}
    return read_exactly(engine, opening.text(file, packed, form), d, count, table, meta, exact=exact)


def read_by_engine(
    engine: Engine, file: Path, packed: str, form: FileFormat, widths: tuple[int, int], table: str, meta: str
) -> Shape:
    """The engine reads the file on one core, while its shape is looked at on another; `widths`: of the first record, and wanted."""
    d, (wide, count) = csv_records.dialect(form), widths
    with ThreadPoolExecutor(1) as beside:
        shape = beside.submit(_shape, file, packed, d, wide)
        try:
            fields = ", ".join(f'{_cleaned(form, i)} AS "C{i}"' for i in range(1, count + 1))
            absent = "" if d.empty_is_null else _ABSENT
            source = _source(file, d.delimiter, d.quote, absent, _names(max(wide, count)), d.header)
            engine.run(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {fields}, {meta} FROM {source}")
        except SqlError:
            return Shape.ODD  # what is wrong with it is told by the exact reading
        finally:
            found = shape.result()
    return found


def _shape(file: Path, packed: str, d: Dialect, wide: int) -> Shape:
    with opening.unpacked(file, packed) as pieces:
        return csv_shape.shape(pieces, d, wide)


def _wrong_counts(engine: Engine, file: Path, path: str, form: FileFormat, count: int) -> dict[int, SqlError]:
    """The records that have fewer or more fields than the table has columns."""
    d, names = csv_records.dialect(form), _names(count + 1)
    fields = " + ".join(f"({name} IS NOT NULL)::INT" for name in names)
    source = _source(file, d.delimiter, d.quote, _ABSENT, names, d.header)
    numbered = f"SELECT row_number() OVER () AS r, {fields} AS n FROM {source}"
    found = [int(str(row[0])) for row in engine.all(f"SELECT r FROM ({numbered}) WHERE n <> {count}")]
    where = places(file, path, form, found) if found else {}
    return {row: sql_error("load", _MISMATCH.format(len(where[row].fields), count)) for row in found}


def _names(count: int) -> list[str]:
    return [f"c{i}" for i in range(1, count + 1)]


def text(value: str) -> str:
    """An SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def _source(file: Path, delimiter: str, quote: str, absent: str, names: Iterable[str], skip: int) -> str:
    spelled = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv({text(str(file))}, columns = {{{spelled}}}, auto_detect = false, header = false, "
        f"skip = {skip}, delim = {text(delimiter)}, quote = {text(quote)}, escape = {text(quote)}, "
        f"nullstr = {text(absent)}, allow_quoted_nulls = false, strict_mode = false, "
        f"null_padding = true, parallel = false, max_line_size = {_LONGEST})"
    )


def _cleaned(form: FileFormat, i: int) -> str:
    value = f"c{i}"
    if form.is_on("TRIM_SPACE"):
        value = f"trim({value}, ' \t')"
        if form.is_on("EMPTY_FIELD_AS_NULL"):
            value = f"nullif({value}, '')"
    for null in form.nulls:
        value = f"nullif({value}, {text(null)})"
    return value


# -- record by record ------------------------------------------------------------------------------------------------


def read_exactly(
    engine: Engine, content: str, d: Dialect, count: int, table: str, meta: str, *, exact: bool
) -> dict[int, SqlError]:
    unreadable: dict[int, SqlError] = {}
    with tempfile.TemporaryDirectory(prefix="snowdeploy-") as folder:
        copy = Path(folder) / "copy.csv"
        with copy.open("w", encoding="utf-8", newline="") as target:
            for number, record in enumerate(csv_records.records(content, d), 1):
                error = record.error or (_mismatch(record, count) if exact else None)
                if error is not None:
                    unreadable[number] = error
                target.write(_spelled(number, [] if error is not None else record.fields, count))
        names = ["number", *(f"c{i}" for i in range(1, count + 1))]
        fields = ", ".join(f'c{i} AS "C{i}"' for i in range(1, count + 1))
        source = _source(copy, ",", '"', "", names, 0)
        engine.run(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {fields}, {meta} FROM {source}")
    return unreadable


def _mismatch(record: Record, count: int) -> SqlError | None:
    if len(record.fields) == count:
        return None
    return sql_error("load", _MISMATCH.format(len(record.fields), count))


def _spelled(number: int, fields: list[str | None], count: int) -> str:
    """A record in the plainest CSV: every text enclosed, nothing at all for NULL."""
    padded = [*fields, *([None] * count)][:count]
    quoted = ("" if value is None else '"' + value.replace('"', '""') + '"' for value in padded)
    return f"{number},{','.join(quoted)}\n"


# -- places ----------------------------------------------------------------------------------------------------------


def places(file: Path, path: str, form: FileFormat, numbers: Collection[int]) -> dict[int, Place]:
    """Where the records of these numbers stand."""
    content, wanted = opening.text(file, opening.packing(path, form), form), set(numbers)
    found: dict[int, Place] = {}
    for number, record in enumerate(csv_records.records(content, csv_records.dialect(form)), 1):
        if number in wanted:
            shown = (
                content[record.start : record.end]
                .rstrip("\r\n")
                .encode(errors="surrogateescape")
                .decode(errors="replace")
            )
            before = len(content[: record.start].encode(errors="surrogateescape"))
            fields = tuple((at - record.start + 1, before + len(content[record.start : at].encode(errors="surrogateescape")))
                           for at in record.starts)  # fmt: skip
            found[number] = Place(record.line, fields, shown)
            if len(found) == len(wanted):
                break
    return found


def header(file: Path, path: str, form: FileFormat) -> list[str]:
    """The names in the first record (PARSE_HEADER)."""
    content = opening.text(file, opening.packing(path, form), form)
    first = next(csv_records.records(content, replace(csv_records.dialect(form), header=0)), None)
    return [value or "" for value in first.fields] if first is not None and first.error is None else []
