"""COPY INTO <table>: files that were loaded before are passed over, broken rows go by ON_ERROR (reference D.4)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from sqlglot import exp

from snowpipe_deploy.local import file_reading, stage_files
from snowpipe_deploy.local.assignment import insert_text, pick
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.file_reading import FileFormat
from snowpipe_deploy.local.query.translate import Query, compiled, parse, translated
from snowpipe_deploy.local.query.translation import Source, Translation
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import Token, code

_RESULT = ("file", "status", "rows_parsed", "rows_loaded", "error_limit", "errors_seen", "first_error", "first_error_line",
           "first_error_character", "first_error_column_name")  # fmt: skip
_OPTIONS = frozenset(
    {"PATTERN", "FILES", "FILE_FORMAT", "ON_ERROR", "FORCE", "PURGE", "SIZE_LIMIT", "RETURN_FAILED_ONLY"}
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A COPY as it was read."""

    text: str
    table: Entry
    columns: tuple[Column, ...]
    stage: Entry
    prefix: str
    select: exp.Select | None
    alias: str
    form: FileFormat
    options: dict[str, str]

    @property
    def on_error(self) -> str:
        return self.options.get("ON_ERROR", "ABORT_STATEMENT").upper()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file."""

    file: StageFile
    parsed: int = 0
    loaded: int = 0
    errors: int = 0
    first_error: str | None = None
    first_line: int | None = None

    @property
    def status(self) -> str:
        if not self.errors:
            return "LOADED"
        return "PARTIALLY_LOADED" if self.loaded else "LOAD_FAILED"


def copy_into(runner: Runner, head: Head) -> Answer:
    copy = read(runner, head.text)
    if runner.explicit:
        raise unsupported("COPY INTO within an explicit transaction")
    chosen = _files(runner, copy)
    if not chosen:
        return listing(("status",), [["Copy executed with 0 files processed."]])
    done = load(runner, copy, chosen, lambda loaded: _remember(runner, copy, loaded))
    answer = listing(_RESULT, [_row(copy, loaded) for loaded in done])
    return Answer(answer.rows, sum(loaded.loaded for loaded in done))


def load(runner: Runner, copy: Copy, files: list[StageFile], remember: Callable[[Loaded], None]) -> list[Loaded]:
    """Loads the files in one transaction, which also takes in what `remember` writes of each."""
    count = _field_count(copy)
    insert = compiled(runner, copy.text, lambda t: _insert(t, copy, count))
    # reading and probing may fail, which would abort an engine transaction: so they come before it
    ready = [_prepare(runner, copy, file, insert.into(f"_copy{i}", runner), count) for i, file in enumerate(files)]
    with runner.changes():
        for prepared in ready:
            if prepared.insert is not None:
                runner.write(prepared.insert.text, prepared.insert.query.values, copy.table)
            remember(prepared.loaded)
    for i in range(len(files)):
        runner.engine.run(f"DROP TABLE IF EXISTS _copy{i}")
    return [prepared.loaded for prepared in ready]


# -- reading the statement -------------------------------------------------------------------------------------------


def read(runner: Runner, text: str, defaults: Mapping[str, str] = MappingProxyType({})) -> Copy:
    """A COPY INTO <table>; `defaults` are options that count where the text does not say (a pipe has its own)."""
    cursor = Cursor(text)
    cursor.expect("COPY", "INTO")
    if cursor.peek().kind == "stage":
        raise unsupported("COPY INTO a stage (unload)")
    table = runner.target(cursor.name())
    names = [Cursor(part).name().last for part in split_list(cursor.parens())] if cursor.peek().text == "(" else []
    cursor.expect("FROM")
    select, alias = None, ""
    if cursor.peek().text == "(":
        select, alias, token = _transform(cursor.parens())
    else:
        token = cursor.take()
    stage, prefix = stage_files.resolve(runner, token)
    options = {**defaults, **_options(cursor)}
    if "VALIDATION_MODE" in options or "MATCH_BY_COLUMN_NAME" in options:
        raise unsupported("VALIDATION_MODE and MATCH_BY_COLUMN_NAME of COPY")
    if extra := options.keys() - _OPTIONS:
        raise unsupported(f"COPY option {', '.join(sorted(extra))}")
    for option in ("PURGE", "SIZE_LIMIT", "RETURN_FAILED_ONLY"):
        if options.get(option, "FALSE").upper() != "FALSE":
            raise unsupported(f"COPY option {option}")
    form = _format(runner, stage, options)
    file_reading.check(form)
    copy = Copy(text, table, pick(table, names), stage, prefix, select, alias, form, options)
    if copy.on_error not in {"ABORT_STATEMENT", "CONTINUE", "SKIP_FILE"}:
        raise unsupported(f"ON_ERROR = {copy.on_error}")
    if form.type == "JSON" and select is None and len(copy.columns) != 1:
        raise sql_error(
            "load", "JSON file format can produce one and only one column of variant, object, or array type."
        )
    return copy


def _options(cursor: Cursor) -> dict[str, str]:
    found: dict[str, str] = {}
    while not cursor.done:
        word = cursor.take().upper
        cursor.expect("=")
        if cursor.peek().text == "(":
            found[word] = cursor.parens()
        else:
            found[word] = cursor.take().value
    return found


@lru_cache(maxsize=1000)
def _transform(text: str) -> tuple[exp.Select, str, Token]:
    """The SELECT of a transformation, the alias of its stage, and the stage's token."""
    token = next((t for t in code(text) if t.kind == "stage"), None)
    if token is None:
        raise sql_error("syntax", "syntax error: a COPY transformation selects from a stage")
    tree = parse(text[: token.start] + "_STAGE" + text[token.end :])
    if not isinstance(tree, exp.Select):
        raise sql_error("syntax", "a COPY transformation is one SELECT")
    for forbidden in ("where", "group", "order", "limit", "having", "qualify", "joins", "laterals", "distinct"):
        if tree.args.get(forbidden):
            raise sql_error("syntax", f"{forbidden.upper()} is not allowed in a COPY transformation")
    if tree.find(exp.Subquery, exp.AggFunc):
        raise sql_error("syntax", "subqueries and aggregates are not allowed in a COPY transformation")
    table = tree.find(exp.Table)
    return tree, (table.alias or "_STAGE").upper() if table else "_STAGE", token


def _format(runner: Runner, stage: Entry, options: dict[str, str]) -> FileFormat:
    named = named_format(runner, stage, options)
    if named is not None:
        return file_reading.format_of("", dict(named.properties))
    text = _format_text(stage, options)
    return FileFormat("CSV", {}) if text is None else file_reading.format_of(text, None)


def _format_text(stage: Entry, options: dict[str, str]) -> str | None:
    text = options.get("FILE_FORMAT")
    return str(stage.properties["FILE_FORMAT"])[1:-1] if text is None and stage.properties.get("FILE_FORMAT") else text


def named_format(runner: Runner, stage: Entry, options: dict[str, str]) -> Entry | None:
    """The file format object that the COPY, or else its stage, names."""
    cursor = Cursor(_format_text(stage, options) or "")
    if not cursor.accept("FORMAT_NAME"):
        return None
    cursor.accept("=")
    name = ObjectName.parse(cursor.take().value) if cursor.peek().kind == "string" else cursor.name()
    return runner.catalog.get("FILE FORMAT", runner.full(name))


def _field_count(copy: Copy) -> int:
    if copy.select is None:
        return len(copy.columns)
    numbers = [int(n) for n in re.findall(r"\$(\d+)", copy.select.sql("snowflake"))]
    return max(numbers, default=1)


def _files(runner: Runner, copy: Copy) -> list[StageFile]:
    """The files that it would load: those that match, and were not loaded before."""
    found = stage_files.files(runner, copy.stage, copy.prefix)
    if "FILES" in copy.options:
        wanted = [token.value for token in code(copy.options["FILES"]) if token.kind == "string"]
        folder = copy.prefix
        by_path = {file.path: file for file in found}
        missing = [name for name in wanted if folder + name not in by_path]
        if missing and copy.on_error == "ABORT_STATEMENT":
            raise sql_error("load", f"Remote file '{missing[0]}' was not found.")
        found = [by_path[folder + name] for name in wanted if folder + name in by_path]
    if "PATTERN" in copy.options:
        found = [file for file in found if re.fullmatch(copy.options["PATTERN"], file.path)]
    if copy.options.get("FORCE", "FALSE").upper() == "TRUE":
        return found
    known = loaded_before(runner, copy)
    return [file for file in found if (file.path, file.md5) not in known]


def loaded_before(runner: Runner, copy: Copy) -> set[tuple[str, str]]:
    """Path and ETag of the files that COPY has loaded into the table; a pipe's own loads are not among them."""
    before = runner.engine.all(
        "SELECT path, etag FROM _account.loads WHERE table_id = ? AND status <> 'LOAD_FAILED' AND stage_location = ?",
        [copy.table.id, str(copy.stage.id)],
    )
    return {(str(path), str(etag)) for path, etag in before}


# -- loading one file ------------------------------------------------------------------------------------------------


_SOURCE = "_copy_source"  # stands in the engine's text for the temporary table of a file


@dataclass(frozen=True, slots=True)
class _Insert:
    """The INSERT of a file's rows from the temporary table they were read into."""

    text: str
    query: Query
    table: str = _SOURCE

    def into(self, table: str, runner: Runner) -> "_Insert":
        return _Insert(self.text.replace(_SOURCE, table), self.query.bound(runner.binds), table)

    def probe(self, low: int, high: int) -> str:
        """Its SELECT over a range of rows, run for its errors alone."""
        rows = f'(SELECT * FROM {self.table} WHERE "METADATA$FILE_ROW_NUMBER" BETWEEN {low} AND {high})'
        select = self.text[self.text.index(" SELECT ") :].replace(f"FROM {self.table}", f"FROM {rows}")
        return f"SELECT count(h) FROM (SELECT hash(*COLUMNS(*)) AS h FROM ({select}))"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file read into its temporary table, and the INSERT of its good rows (none where the whole file is out)."""

    loaded: Loaded
    insert: _Insert | None = None


def _insert(t: Translation, copy: Copy, count: int) -> _Insert:
    held = file_reading.columns(copy.form, count)
    empty = ", ".join(f'CAST(NULL AS {engine_type(kind)}) AS "{name}"' for name, kind in held)
    t.runner.engine.run(f"CREATE OR REPLACE TEMP TABLE {_SOURCE} AS SELECT {empty} LIMIT 0")
    if copy.select is None:
        names = ", ".join(f'"{name}"' for name, _ in held[: len(copy.columns)])
        query = Query(f"SELECT {names} FROM {_SOURCE}")
    else:
        t.targets[copy.alias] = Source(_SOURCE, held)
        query = translated(copy.select.copy(), t)
    kinds = [kind for _, kind in t.runner.engine.describe(query.sql, query.values)]
    return _Insert(insert_text(t, copy.table, copy.columns, query.sql, kinds), query)


def _prepare(runner: Runner, copy: Copy, file: StageFile, insert: _Insert, count: int) -> _Prepared:
    exact = copy.select is None and copy.form.type == "CSV"
    exact = exact and copy.form.is_on("ERROR_ON_COLUMN_COUNT_MISMATCH", default=True)
    try:
        read = file_reading.read(runner.engine, file, copy.form, count, insert.table, exact=exact, now=runner.now())
    except SqlError as error:
        return _broken(copy, Loaded(file, errors=1, first_error=error.text, first_line=1), error)
    errors = {**read.unreadable, **_bad_rows(runner, insert, 1, read.rows)}
    if not errors:
        return _Prepared(Loaded(file, read.rows, read.rows), insert)
    first = min(errors)
    found = Loaded(file, read.rows, 0, len(errors), errors[first].text, first)
    if copy.on_error != "CONTINUE":
        return _broken(copy, replace(found, errors=1), errors[first])
    lost = ", ".join(map(str, errors))
    runner.engine.run(f'DELETE FROM {insert.table} WHERE "METADATA$FILE_ROW_NUMBER" IN ({lost})')
    return _Prepared(replace(found, loaded=read.rows - len(errors)), insert)


def _bad_rows(runner: Runner, insert: _Insert, low: int, high: int) -> dict[int, SqlError]:
    """The rows that fail, by number, found by halving the range until they stand alone."""
    if low > high:
        return {}
    try:
        runner.engine.all(insert.probe(low, high), insert.query.values)
    except SqlError as error:
        if low == high:
            return {low: error}
        middle = (low + high) // 2
        return {**_bad_rows(runner, insert, low, middle), **_bad_rows(runner, insert, middle + 1, high)}
    return {}


def _broken(copy: Copy, loaded: Loaded, error: SqlError) -> _Prepared:
    """The whole file is out: the statement fails, or goes on with the next file."""
    if copy.on_error == "ABORT_STATEMENT":
        place = f"File '{loaded.file.path}', line {loaded.first_line or 1}"
        raise SqlError(error.errno, error.sqlstate, f"{error.text}\n  {place}")
    return _Prepared(loaded)


# -- what is remembered ----------------------------------------------------------------------------------------------


def _remember(runner: Runner, copy: Copy, loaded: Loaded) -> None:
    runner.write(
        "DELETE FROM _account.loads WHERE table_id = ? AND path = ? AND stage_location = ? AND status = 'LOAD_FAILED' AND etag = ?",
        [copy.table.id, loaded.file.path, str(copy.stage.id), loaded.file.md5],
    )
    runner.write(
        "INSERT INTO _account.loads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [copy.table.id, loaded.file.path, loaded.file.md5, str(copy.stage.id), loaded.file.size, runner.now(),
         loaded.status, loaded.parsed, loaded.loaded, loaded.errors, error_limit(copy, loaded), loaded.first_error,
         loaded.first_line],
    )  # fmt: skip


def error_limit(copy: Copy, loaded: Loaded) -> int:
    return max(1, loaded.parsed) if copy.on_error == "CONTINUE" else 1


def _row(copy: Copy, loaded: Loaded) -> list[object]:
    return [
        f"{copy.stage.name.last.lower()}/{loaded.file.path}", loaded.status, loaded.parsed, loaded.loaded,
        error_limit(copy, loaded), loaded.errors, loaded.first_error, loaded.first_line, None, None,
    ]  # fmt: skip


HANDLERS = {("COPY",): copy_into}
