"""Loads one file of a COPY: read into a temporary table, its bad records found, the others inserted (reference D.4)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlglot import exp

from snowpipe_deploy.local.assignment import insert_text
from snowpipe_deploy.local.catalog import quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import is_refusal, unsupported
from snowpipe_deploy.local.files import csv_table, reading
from snowpipe_deploy.local.query.translate import Query, compiled, parse, translated
from snowpipe_deploy.local.query.translation import Source, Translation
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.local.statements import _copy_match
from snowpipe_deploy.local.statements._copy_statement import Copy
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.types import DataType

_NEXT = re.compile(r"nextval\('[^']*'\)")
_SOURCE = "_copy_source"  # stands in the engine's text for the temporary table of a file


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that cannot be loaded: its number, why, and as far as it is known where in the file."""

    row: int
    error: SqlError
    line: int | None = None
    character: int | None = None
    offset: int | None = None
    column: str | None = None
    category: str = "conversion"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file; `faults` are those that were looked for (of a file that is out whole, perhaps the first alone)."""

    file: StageFile
    parsed: int = 0
    loaded: int = 0
    errors: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def first(self) -> Fault | None:
        return self.faults[0] if self.faults else None

    @property
    def status(self) -> str:
        if not self.errors:
            return "LOADED"
        return "PARTIALLY_LOADED" if self.loaded else "LOAD_FAILED"


@dataclass(frozen=True, slots=True)
class Insert:
    """The INSERT of a file's rows from the temporary table they were read into."""

    text: str
    query: Query
    table: str = _SOURCE

    def into(self, table: str, runner: Runner) -> "Insert":
        return Insert(re.sub(rf"\b{_SOURCE}\b", table, self.text), self.query.bound(runner.binds), table)

    @property
    def select(self) -> str:
        """The rows that it inserts."""
        return self.text[self.text.index(" SELECT ") + 1 :]

    def within(self, low: int, high: int) -> str:
        """The same of a range of records; no sequence is asked for its next value."""
        rows = f'(SELECT * FROM {self.table} WHERE "METADATA$FILE_ROW_NUMBER" BETWEEN {low} AND {high})'
        return _NEXT.sub("0", self.select).replace(f"FROM {self.table}", f"FROM {rows}")

    def probe(self, low: int, high: int) -> str:
        """Run over a range of records for its errors alone."""
        return f"SELECT count(h) FROM (SELECT hash(*COLUMNS(*)) AS h FROM ({self.within(low, high)}))"

    def probe_column(self, row: int, column: int, width: int) -> str:
        """The value of one column of one record."""
        names = ", ".join(f"v{i}" for i in range(width))
        return f"SELECT count(hash(v{column})) FROM ({self.within(row, row)}) AS v({names})"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file read into its temporary table, and the INSERT of its good rows (none where the whole file is out).

    `failure` is the error that ends the statement (ON_ERROR = ABORT_STATEMENT).
    """

    loaded: Loaded
    insert: Insert | None = None
    failure: SqlError | None = None


# -- the INSERT ------------------------------------------------------------------------------------------------------


def compiled_insert(runner: Runner, copy: Copy, select: exp.Select | None, key: str) -> tuple[Insert, int]:
    """The INSERT of a file, and how many fields it reads; the same for all files unless their columns go by name."""
    count = _field_count(select) if select is not None else len(copy.columns)
    return compiled(runner, f"{key}\n{copy.form}", lambda t: _insert(t, copy, select, count)), count


def _selecting(runner: Runner, copy: Copy, file: StageFile) -> tuple[exp.Select | None, str]:
    """The SELECT from the file, if it is more than its columns, and the text by which what is made of it is kept."""
    if copy.match:
        text = _copy_match.select(runner, copy, file)
        return _parsed(text), f"{copy.text}\n{text}"
    if copy.select is not None:
        return copy.select, copy.text
    items = [_formatted(copy, column, f"${i}") for i, column in enumerate(copy.columns, 1)]
    if copy.form.type != "CSV" or all(item == f"${i}" for i, item in enumerate(items, 1)):
        return None, copy.text
    return _parsed(f"SELECT {', '.join(items)} FROM _STAGE"), copy.text


def _parsed(text: str) -> exp.Select | None:
    tree = parse(text)
    return tree if isinstance(tree, exp.Select) else None


def _formatted(copy: Copy, column: Column, value: str) -> str:
    """A field read by DATE_FORMAT, TIMESTAMP_FORMAT or BINARY_FORMAT; as JSON where it becomes a VARIANT, OBJECT or ARRAY."""
    base = column.type.base
    if base in {"VARIANT", "OBJECT", "ARRAY"}:
        return f"PARSE_JSON({value})" if copy.form.type == "CSV" else value
    option = {"DATE": "DATE_FORMAT", "BINARY": "BINARY_FORMAT"}.get(
        base, "TIMESTAMP_FORMAT" if base.startswith("TIMESTAMP") else ""
    )
    given = (
        copy.form.of(option).replace("-", "")
        if option == "BINARY_FORMAT"
        else copy.form.of(option)
        if option
        else "AUTO"
    )
    if given.upper() in {"AUTO", ""}:
        return value
    return f"TO_{base}({value}, {csv_table.text(given)})"


def _insert(t: Translation, copy: Copy, select: exp.Select | None, count: int) -> Insert:
    t.runner.catalog.find("TABLE", copy.table.name)  # what is made holds while the table stands
    columns = copy.columns
    held = reading.columns(copy.form, count)
    empty = ", ".join(f'CAST(NULL AS {engine_type(kind)}) AS "{name}"' for name, kind in held)
    t.runner.engine.run(f"CREATE OR REPLACE TEMP TABLE {_SOURCE} AS SELECT {empty} LIMIT 0")
    if select is None:
        names = ", ".join(f'"{name}"' for name, _ in held[: len(columns)])
        query = Query(f"SELECT {names} FROM {_SOURCE}")
    else:
        t.targets[copy.alias or "_STAGE"] = Source(_SOURCE, held)
        query = translated(select.copy(), t)
    kinds = [kind for _, kind in t.runner.engine.describe(query.sql, query.values)]
    for column, kind in zip(columns, kinds, strict=False):  # whether Snowflake parses it there too is not confirmed
        if column.type.base == "VARIANT" and kind.base == "VARCHAR":
            raise unsupported(f"a text into VARIANT column {column.name}: write PARSE_JSON or TO_VARIANT around it")
    source = _cut(query.sql, columns, kinds) if copy.truncates else query.sql
    return Insert(insert_text(t, copy.table, columns, source, kinds), query)


def _cut(query: str, columns: Sequence[Column], kinds: Sequence[DataType]) -> str:
    """Texts that are too long for their column lose their end (TRUNCATECOLUMNS)."""
    names = [f"c{i}" for i in range(len(kinds))]
    items = [
        f"left({name}, {column.type.sizes[0]})" if column.type.base == "VARCHAR" and kind.base == "VARCHAR" else name
        for name, column, kind in zip(names, columns, kinds, strict=False)
    ]
    return f"SELECT {', '.join(items)} FROM ({query}) AS cut({', '.join(names)})"


def _field_count(select: exp.Select) -> int:
    numbers = [int(n) for n in re.findall(r"\$(\d+)", select.sql("snowflake"))]
    return max(numbers, default=1)


# -- one file --------------------------------------------------------------------------------------------------------


def prepare(runner: Runner, copy: Copy, file: StageFile, table: str) -> Prepared:
    """The file read, and its bad records found: all of them where that is of interest, else the first."""
    try:
        select, key = _selecting(runner, copy, file)
    except SqlError as error:
        return _unreadable(copy, file, error)
    insert, count = compiled_insert(runner, copy, select, key)
    insert = insert.into(table, runner)
    try:
        read = reading.read(runner.engine, file, copy.form, count, table, exact=copy.checks_count, now=runner.now())
    except SqlError as error:
        return _unreadable(copy, file, error)
    _leave_out(runner, table, read.unreadable)
    errors = dict(read.unreadable)
    if not (errors and _one_is_enough(copy)):
        found_bad = bad_rows(runner, insert, 1, read.rows)
        errors |= dict(islice(found_bad, 1) if _one_is_enough(copy) else found_bad)
    if not errors:
        return Prepared(Loaded(file, read.rows, read.rows), insert)
    faults = tuple(_placed(runner, copy, file, insert, errors, read.unreadable.keys()))
    found = Loaded(file, read.rows, 0, len(errors), faults)
    if _skips(copy, found):
        return _out(copy, found)
    _leave_out(runner, table, errors)
    return Prepared(replace(found, loaded=read.rows - len(errors)), insert)


def _one_is_enough(copy: Copy) -> bool:
    """Does the first error decide what becomes of the file?"""
    return copy.on_error in {"ABORT_STATEMENT", "SKIP_FILE"}


def _leave_out(runner: Runner, table: str, errors: Collection[int]) -> None:
    if errors:
        lost = ", ".join(map(str, errors))
        runner.engine.run(f'DELETE FROM {table} WHERE "METADATA$FILE_ROW_NUMBER" IN ({lost})')


def _unreadable(copy: Copy, file: StageFile, error: SqlError) -> Prepared:
    """None of the file's records can be read; what the account cannot do is no fault of the file."""
    if is_refusal(error):
        raise error
    return _out(copy, Loaded(file, errors=1, faults=(Fault(1, error, 1, category="parsing"),)))


def _skips(copy: Copy, found: Loaded) -> bool:
    """Is a file with so many errors out as a whole?"""
    if copy.on_error == "CONTINUE":
        return False
    if copy.most_errors is None:
        return True
    most, is_share = copy.most_errors
    return found.errors * 100 > most * found.parsed if is_share else found.errors >= most


def _out(copy: Copy, loaded: Loaded) -> Prepared:
    """The whole file is out: the statement fails, or goes on with the next file."""
    first = loaded.first
    if copy.on_error == "ABORT_STATEMENT" and first is not None:
        place = f"File '{loaded.file.path}', line {first.line or 1}"
        place += f", character {first.character}" if first.character else ""
        place += f"\n  Row {first.row}, column {first.column}" if first.column else ""
        error = SqlError(first.error.errno, first.error.sqlstate, f"{first.error.text}\n  {place}")
        return Prepared(loaded, failure=error)
    if copy.on_error == "SKIP_FILE":
        loaded = replace(loaded, errors=1)
    return Prepared(loaded)


def bad_rows(runner: Runner, insert: Insert, low: int, high: int) -> Iterator[tuple[int, SqlError]]:
    """The rows that fail, by number, found by halving the range until they stand alone."""
    if low > high:
        return
    try:
        runner.engine.all(insert.probe(low, high), insert.query.values)
    except SqlError as error:
        if is_refusal(error):
            raise
        if low == high:
            yield low, error
            return
        middle = (low + high) // 2
        yield from bad_rows(runner, insert, low, middle)
        yield from bad_rows(runner, insert, middle + 1, high)


# -- where the errors are --------------------------------------------------------------------------------------------


def _placed(
    runner: Runner, copy: Copy, file: StageFile, insert: Insert, errors: dict[int, SqlError],
    unreadable: Collection[int],
) -> list[Fault]:  # fmt: skip
    places = {}
    if copy.form.type == "CSV":
        places = csv_table.places(file.file, file.path, copy.form, errors)
    found = []
    for row in sorted(errors):
        place, parsing = places.get(row), row in unreadable
        column = None if parsing else _failing(runner, copy, insert, row)
        fault = Fault(row, errors[row], place.line if place else row, category="parsing" if parsing else "conversion")
        if column is not None:
            fault = replace(
                fault, column=f"{quoted(copy.table.name.last)}[{quoted(copy.columns[column].name)}:{column + 1}]"
            )
        if place is not None:
            fault = replace(fault, text=place.text)
            if parsing or (column is not None and copy.select is None and not copy.match):
                character, offset = place.of(column if column is not None else len(copy.table.columns))
                fault = replace(fault, character=character, offset=offset)
        found.append(fault)
    return found


def _failing(runner: Runner, copy: Copy, insert: Insert, row: int) -> int | None:
    """The first column whose value alone fails."""
    for i in range(len(copy.columns)):
        try:
            runner.engine.all(insert.probe_column(row, i, len(copy.table.columns)), insert.query.values)
        except SqlError:
            return i
    return None
