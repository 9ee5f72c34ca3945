"""COPY INTO <location>: rows to files of a stage (reference D.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.engine import Rows, engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files import formats, writing
from snowpipe_deploy.local.files.csv_table import text as literal
from snowpipe_deploy.local.files.formats import FileFormat
from snowpipe_deploy.local.query.translate import Query, translate
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.statements._copy_statement import format_of, options_of
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.types import DataType

_DEFAULTS = {
    "OVERWRITE": "FALSE", "SINGLE": "FALSE", "MAX_FILE_SIZE": "16777216", "INCLUDE_QUERY_ID": "FALSE",
    "DETAILED_OUTPUT": "FALSE", "HEADER": "FALSE", "VALIDATION_MODE": "", "FILE_FORMAT": "",
}  # fmt: skip
_SEMI = frozenset({"VARIANT", "OBJECT", "ARRAY"})


@dataclass(frozen=True, slots=True)
class Unload:
    stage: Entry
    path: str
    query: str
    partition: str
    form: FileFormat
    options: dict[str, str]

    def is_on(self, option: str) -> bool:
        return self.options.get(option, _DEFAULTS[option]).upper() == "TRUE"

    @property
    def most(self) -> int:
        return int(self.options.get("MAX_FILE_SIZE", _DEFAULTS["MAX_FILE_SIZE"]))


@dataclass(frozen=True, slots=True)
class Written:
    path: str
    content: bytes
    size: int  # before it was packed
    rows: int


def unload(runner: Runner, cursor: Cursor) -> Answer:
    """The cursor stands at the location."""
    unload = _read(runner, cursor)
    query = translate(runner, _selected(runner, unload), dict(runner.binds))
    if unload.options.get("VALIDATION_MODE"):
        return Answer(runner.engine.query(query.sql, query.values or None))
    rows = _rows(runner, query)
    files = list(_files(runner, unload, rows))
    there = {file.path for file in stage_files.files(runner, unload.stage)}
    if not unload.is_on("OVERWRITE") and not unload.partition and (taken := [f.path for f in files if f.path in there]):
        raise sql_error("files_exist", f"@{unload.stage.name.last}/{taken[0]}")
    for file in files:  # no rollback takes them back
        stage_files.register(
            runner.shared.engine, unload.stage, stage_files.store(runner, unload.stage, file.path, file.content)
        )
    with runner.changes():
        runner.consume(query.streams)
    if unload.is_on("DETAILED_OUTPUT"):
        return listing(("FILE_NAME", "FILE_SIZE", "ROW_COUNT"), [[f.path, len(f.content), f.rows] for f in files])
    totals = [sum(f.rows for f in files), sum(f.size for f in files), sum(len(f.content) for f in files)]
    return listing(("rows_unloaded", "input_bytes", "output_bytes"), [totals])


# -- reading the statement -------------------------------------------------------------------------------------------


def _read(runner: Runner, cursor: Cursor) -> Unload:
    stage, path = stage_files.resolve(runner, cursor.take())
    stage_files.refuse_external(stage)
    cursor.expect("FROM")
    query = cursor.parens() if cursor.peek().text == "(" else f"SELECT * FROM {cursor.name()}"
    partition = ""
    if cursor.accept("PARTITION", "BY"):
        partition = cursor.parens() if cursor.peek().text == "(" else cursor.until(*_DEFAULTS)
        if not partition.strip():
            raise cursor.error("expected an expression")
    if cursor.accept("HEADER") and cursor.peek().text != "=":  # HEADER alone is HEADER = TRUE
        options = {"HEADER": "TRUE", **options_of(cursor)}
    else:
        cursor.at -= cursor.peek(-1).upper == "HEADER"
        options = options_of(cursor)
    form = format_of(runner, stage, options)
    unload = Unload(stage, path, query, partition, form, options)
    _check(unload)
    return unload


def _check(unload: Unload) -> None:
    if extra := unload.options.keys() - _DEFAULTS.keys():
        raise unsupported(f"option {', '.join(sorted(extra))} of COPY INTO a stage")
    formats.check(unload.form)
    if unload.form.type == "CSV" and formats.encoding(unload.form) != "utf-8":
        raise sql_error("syntax", "unloaded files are in UTF-8")
    if unload.options.get("VALIDATION_MODE", "RETURN_ROWS").upper() not in {"RETURN_ROWS", ""}:
        raise sql_error("syntax", "VALIDATION_MODE of COPY INTO a stage is RETURN_ROWS")
    if not unload.options.get("MAX_FILE_SIZE", "1").isdigit():
        raise sql_error("syntax", "MAX_FILE_SIZE is a number of bytes")
    if unload.partition and any(unload.is_on(option) for option in ("OVERWRITE", "SINGLE")):
        raise sql_error("syntax", "OVERWRITE and SINGLE are not supported with PARTITION BY")
    if unload.form.type == "JSON" and unload.is_on("HEADER"):
        raise sql_error("syntax", "HEADER is for CSV and Parquet files")


# -- the rows --------------------------------------------------------------------------------------------------------


def _selected(runner: Runner, unload: Unload) -> str:
    """The query with its dates in the format's own formats, and the partition as the last column."""
    described = _described(runner, unload.query)
    items = [f"{_formatted(unload.form, quoted(name), kind)} AS {quoted(name)}" for name, kind in described]
    if unload.form.type == "JSON" and (len(described) != 1 or described[0][1].base not in _SEMI):
        raise sql_error(
            "load", "JSON file format can produce one and only one column of variant, object, or array type."
        )
    if unload.partition:
        items.append(f"({unload.partition})::VARCHAR AS __PARTITION")
    elif all(item == f"{quoted(name)} AS {quoted(name)}" for item, (name, _) in zip(items, described, strict=True)):
        return unload.query
    return f"SELECT {', '.join(items)} FROM ({unload.query})"


def _described(runner: Runner, query: str) -> list[tuple[str, DataType]]:
    made = translate(runner, query, dict(runner.binds))
    return runner.engine.describe(made.sql, made.values or None)


def _formatted(form: FileFormat, name: str, kind: DataType) -> str:
    option = "DATE_FORMAT" if kind.base == "DATE" else "TIMESTAMP_FORMAT" if kind.base.startswith("TIMESTAMP") else ""
    given = form.of(option) if option and form.type == "CSV" else "AUTO"
    return name if given.upper() in {"AUTO", ""} else f"TO_VARCHAR({name}, {literal(given)})"


def _rows(runner: Runner, query: Query) -> Rows:
    """The rows, VARIANTs as their text without blanks."""
    described = runner.engine.describe(query.sql, query.values or None)
    if any(kind.base == "TIMESTAMP_TZ" for _, kind in described):
        raise unsupported("unloading a TIMESTAMP_TZ: write it with ::VARCHAR")
    names = [f"c{i}" for i in range(len(described))]
    items = [
        f"CAST(json({c}) AS VARCHAR) AS {c}" if kind.base in _SEMI else c
        for c, (_, kind) in zip(names, described, strict=True)
    ]
    rows = runner.engine.all(
        f"SELECT {', '.join(items)} FROM ({query.sql}) AS q({', '.join(names)})", query.values or None
    )
    return Rows(tuple(name for name, _ in described), tuple(kind for _, kind in described), tuple(rows))


# -- the files -------------------------------------------------------------------------------------------------------


def _files(runner: Runner, unload: Unload, rows: Rows) -> Iterator[Written]:
    if not unload.partition:
        yield from _of_rows(runner, unload, unload.path, rows.columns, rows.types, rows.rows)
        return
    by_place = sorted(rows.rows, key=lambda row: (row[-1] is None, str(row[-1])))
    for place, group in groupby(by_place, key=lambda row: row[-1]):
        folder = f"{unload.path.rstrip('/')}/" if unload.path else ""
        path = f"{folder}{'__NULL__' if place is None else place}/"
        yield from _of_rows(runner, unload, path, rows.columns[:-1], rows.types[:-1], [row[:-1] for row in group])


def _of_rows(
    runner: Runner, unload: Unload, path: str, columns: Sequence[str], types: Sequence[DataType], rows: Sequence[Sequence[object]]
) -> Iterator[Written]:  # fmt: skip
    form = unload.form
    if form.type == "PARQUET":
        if rows:
            content = _parquet(runner, unload, columns, types, rows)
            yield Written(_name(runner, unload, path, 0), content, len(content), len(rows))
        return
    head = b""
    if form.type == "CSV":
        lines = writing.csv_lines(form, types, rows)
        head = writing.csv_header(form, columns) if unload.is_on("HEADER") else b""
    else:
        lines = writing.json_lines(rows)
    most = 1 << 62 if unload.is_on("SINGLE") else unload.most
    for number, (content, count) in enumerate(writing.pieces(lines, head, most)):
        yield Written(_name(runner, unload, path, number), writing.packed(content, form), len(content), count)


def _name(runner: Runner, unload: Unload, path: str, number: int) -> str:
    """`path/data_0_0_0.csv.gz`; a path that does not end in a slash begins the name."""
    suffix = ".snappy.parquet" if unload.form.type == "PARQUET" else writing.suffix(unload.form)
    if unload.is_on("SINGLE"):
        return f"{path}data" if not path or path.endswith("/") else path
    begin = f"{path}data" if not path or path.endswith("/") else path
    query_id = f"_{runner.query_id}" if unload.is_on("INCLUDE_QUERY_ID") or unload.partition else ""
    return f"{begin}{query_id}_0_0_{number}{suffix}"


def _parquet(
    runner: Runner, unload: Unload, columns: Sequence[str], types: Sequence[DataType], rows: Sequence[Sequence[object]]
) -> bytes:  # fmt: skip
    """The columns are called _COL_0, _COL_1 … unless HEADER keeps their names."""
    if any(kind.base not in {"VARCHAR", "NUMBER", "BOOLEAN", *_SEMI} for kind in types):
        raise unsupported("unloading other types than VARCHAR, NUMBER, BOOLEAN and VARIANT to Parquet")
    names = columns if unload.is_on("HEADER") else [f"_COL_{i}" for i in range(len(columns))]
    typed = [
        (quoted(name), "VARCHAR" if kind.base in _SEMI else engine_type(kind))
        for name, kind in zip(names, types, strict=True)
    ]
    held = runner.hold(typed, rows)
    with TemporaryDirectory(prefix="snowdeploy-") as folder:
        file = Path(folder) / "unload.parquet"
        runner.engine.run(f"COPY {held} TO {literal(str(file))} (FORMAT parquet)")
        return file.read_bytes()
