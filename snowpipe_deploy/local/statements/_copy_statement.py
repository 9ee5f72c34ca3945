"""COPY INTO <table> as it was read: target, stage, transformation, file format, options (reference D.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sqlglot import exp

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.assignment import pick
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files import formats
from snowpipe_deploy.local.files.formats import FileFormat
from snowpipe_deploy.local.query.translate import parse
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.sqltext.lexer import Token, code

# option: the values it may have; empty where any may stand
_OPTIONS: dict[str, frozenset[str]] = {
    "PATTERN": frozenset(), "FILES": frozenset(), "FILE_FORMAT": frozenset(), "SIZE_LIMIT": frozenset(),
    "INCLUDE_METADATA": frozenset(), "ON_ERROR": frozenset(), "VALIDATION_MODE": frozenset(),
    **dict.fromkeys(("FORCE", "PURGE", "RETURN_FAILED_ONLY", "LOAD_UNCERTAIN_FILES", "TRUNCATECOLUMNS", "ENFORCE_LENGTH"), formats.FLAG),
    "MATCH_BY_COLUMN_NAME": frozenset({"NONE", "CASE_SENSITIVE", "CASE_INSENSITIVE"}),
}  # fmt: skip
_NOT_OF_STAGES = frozenset({"PATTERN", "FILES", "FILE_FORMAT", "VALIDATION_MODE", "INCLUDE_METADATA"})
_ON_ERROR = re.compile(r"ABORT_STATEMENT|CONTINUE|SKIP_FILE|SKIP_FILE_(\d+)(%?)")
_VALIDATION = re.compile(r"RETURN_ERRORS|RETURN_ALL_ERRORS|RETURN_(\d+)_ROWS")
_MOST_FILES = 1000


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

    @property
    def most_errors(self) -> tuple[int, bool] | None:
        """Of SKIP_FILE_n: the number, and whether it is a share of the file's rows in percent."""
        found = _ON_ERROR.fullmatch(self.on_error)
        return (int(found[1]), bool(found[2])) if found is not None and found[1] else None

    def is_on(self, option: str, default: str = "FALSE") -> bool:
        return self.options.get(option, default).upper() == "TRUE"

    @property
    def truncates(self) -> bool:
        """TRUNCATECOLUMNS, or its inverse ENFORCE_LENGTH."""
        return self.is_on("TRUNCATECOLUMNS") or not self.is_on("ENFORCE_LENGTH", "TRUE")

    @property
    def match(self) -> str:
        """How the columns of the files are matched by name: empty, CASE_SENSITIVE or CASE_INSENSITIVE."""
        return self.options.get("MATCH_BY_COLUMN_NAME", "NONE").upper().replace("NONE", "")

    @property
    def validation(self) -> str:
        return self.options.get("VALIDATION_MODE", "").upper()

    @property
    def checks_count(self) -> bool:
        """Must each record have as many fields as the table has columns?"""
        return (
            self.select is None and not self.match and self.form.type == "CSV"
            and self.form.is_on("ERROR_ON_COLUMN_COUNT_MISMATCH")
        )  # fmt: skip


def read(runner: Runner, text: str, defaults: Mapping[str, str] = MappingProxyType({})) -> Copy:
    """A COPY INTO <table>; `defaults` are options that count where the text does not say (a pipe has its own)."""
    cursor = Cursor(text)
    cursor.expect("COPY", "INTO")
    table = runner.target(cursor.name())
    names = [Cursor(part).name().last for part in split_list(cursor.parens())] if cursor.peek().text == "(" else []
    select, alias, stage, prefix = _source(runner, cursor, table)
    given = options_of(cursor)
    options = {**defaults, **_of_stage(stage, given), **given}
    form = format_of(runner, stage, options, table)
    copy = Copy(text, table, pick(table, names), stage, prefix, select, alias, form, options)
    _check(copy)
    return copy


def _source(runner: Runner, cursor: Cursor, table: Entry) -> tuple[exp.Select | None, str, Entry, str]:
    """What stands behind FROM; the table's own stage where it is left out."""
    if not cursor.accept("FROM"):
        return None, "", stage_files.of(table), ""
    if cursor.peek().text != "(":
        return None, "", *stage_files.resolve(runner, cursor.take())
    select, alias, token = _transform(cursor.parens())
    stage, prefix = stage_files.resolve(runner, token)
    if stage.kind == "TABLE STAGE":
        raise sql_error("syntax", "a COPY from the stage of a table takes no transformation")
    return select, alias, stage, prefix


def options_of(cursor: Cursor) -> dict[str, str]:
    found: dict[str, str] = {}
    while not cursor.done:
        word = cursor.take().upper
        cursor.expect("=")
        found[word] = cursor.parens() if cursor.peek().text == "(" else cursor.take().value
        cursor.accept(",")
    return found


def _of_stage(stage: Entry, given: Mapping[str, str]) -> dict[str, str]:
    """COPY_OPTIONS of the stage (deprecated), which count where the statement has none of its own."""
    text = str(stage.properties.get("COPY_OPTIONS", ""))[1:-1]
    if not text:
        return {}
    options = options_of(Cursor(text))
    if extra := options.keys() - (_OPTIONS.keys() - _NOT_OF_STAGES):
        raise unsupported(f"COPY_OPTIONS {', '.join(sorted(extra))} of a stage")
    if (given.keys() - _NOT_OF_STAGES) and options.keys() - given.keys():
        raise unsupported(f"COPY_OPTIONS of stage {stage.name} beside options of the statement")
    return options


def _check(copy: Copy) -> None:
    for option, value in copy.options.items():
        if option not in _OPTIONS:
            raise unsupported(f"COPY option {option}")
        if _OPTIONS[option] and value.upper() not in _OPTIONS[option]:
            raise sql_error("syntax", f"invalid value {value!r} for COPY option {option}")
    formats.check(copy.form)
    if not _ON_ERROR.fullmatch(copy.on_error):
        raise sql_error("syntax", f"invalid value {copy.on_error!r} for COPY option ON_ERROR")
    if copy.validation and not _VALIDATION.fullmatch(copy.validation):
        raise sql_error("syntax", f"invalid value {copy.validation!r} for COPY option VALIDATION_MODE")
    if copy.validation and copy.select is not None:
        raise sql_error("syntax", "VALIDATION_MODE is not supported with copy transform.")
    if "SIZE_LIMIT" in copy.options and not copy.options["SIZE_LIMIT"].isdigit():
        raise sql_error("syntax", "SIZE_LIMIT is a number of bytes")
    if len(listed(copy)) > _MOST_FILES:
        raise sql_error("syntax", f"FILES names more than {_MOST_FILES} files")
    _check_match(copy)
    if copy.form.type != "CSV" and copy.select is None and not copy.match and len(copy.columns) != 1:
        raise sql_error(
            "load", f"{copy.form.type} file format can produce one and only one column of variant, object, or array type."
        )  # fmt: skip


def _check_match(copy: Copy) -> None:
    if not copy.match:
        if "INCLUDE_METADATA" in copy.options:
            raise sql_error("syntax", "INCLUDE_METADATA is only supported with MATCH_BY_COLUMN_NAME")
        if copy.form.is_on("PARSE_HEADER") and copy.form.type == "CSV":
            raise unsupported("PARSE_HEADER without MATCH_BY_COLUMN_NAME")
        return
    if copy.select is not None:
        raise sql_error("syntax", "match_by_column_name is not supported with copy transform.")
    if copy.validation:
        raise sql_error("syntax", "match_by_column_name is not supported with validation mode.")
    if copy.form.type == "CSV" and not copy.form.is_on("PARSE_HEADER"):
        raise sql_error("syntax", "match_by_column_name of CSV files needs PARSE_HEADER = TRUE")


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


def format_of(runner: Runner, stage: Entry, options: Mapping[str, str], table: Entry | None = None) -> FileFormat:
    """The file format: the statement's, else the stage's, else the table's; each as a whole."""
    named = named_format(runner, stage, options, table)
    if named is not None:
        return FileFormat(
            str(named.properties["TYPE"]), {k: str(v) for k, v in named.properties.items() if k != "TYPE"}
        )
    return formats.format_of(_format_text(stage, options, table))


def _format_text(stage: Entry, options: Mapping[str, str], table: Entry | None = None) -> str:
    if "FILE_FORMAT" in options:
        return options["FILE_FORMAT"]
    of_table = table.properties.get("STAGE_FILE_FORMAT") if table is not None else None
    return str(stage.properties.get("FILE_FORMAT") or of_table or "()")[1:-1]


def named_format(runner: Runner, stage: Entry, options: Mapping[str, str], table: Entry | None = None) -> Entry | None:
    """The file format object that the COPY, or else its stage, names."""
    cursor = Cursor(_format_text(stage, options, table))
    if not cursor.accept("FORMAT_NAME"):
        return None
    cursor.accept("=")
    name = ObjectName.parse(cursor.take().value) if cursor.peek().kind == "string" else cursor.name()
    if not cursor.done:
        raise unsupported(f"FORMAT_NAME beside other options of a file format: {cursor.rest[:40]}")
    return runner.catalog.get("FILE FORMAT", runner.full(name))


def listed(copy: Copy) -> list[str]:
    """What FILES names, relative to the path."""
    return [token.value for token in code(copy.options.get("FILES", "")) if token.kind == "string"]
