"""CREATE TABLE, and the columns between its parentheses."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from snowpipe_deploy.names import fold, quote
from snowpipe_deploy.sqltext.clauses._policies import POLICIES, policy
from snowpipe_deploy.sqltext.head import Clause, Cursor, ReadError, flag, options, setting, text_setting, value
from snowpipe_deploy.sqltext.lexer import normalized, tokens
from snowpipe_deploy.types import DataType, parse_type


def _clone_source(cursor: Cursor) -> str:
    return str(cursor.name())


def _clustering(cursor: Cursor) -> str:
    cursor.accept("LINEAR")
    return options(cursor)


CLAUSES = (
    Clause("CLUSTER BY", _clustering, alter="CLUSTER BY {value}", unset="DROP CLUSTERING KEY"),
    setting("DATA_RETENTION_TIME_IN_DAYS"),
    setting("MAX_DATA_EXTENSION_TIME_IN_DAYS"),
    setting("CHANGE_TRACKING"),
    setting("ENABLE_SCHEMA_EVOLUTION"),
    Clause("DEFAULT_DDL_COLLATION", value),
    Clause("COPY GRANTS", flag),
    Clause("COPY TAGS", flag),
    Clause("LIKE", _clone_source, refers="TABLE"),
    Clause("CLONE", _clone_source, refers="TABLE"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    Clause("ROW ACCESS POLICY", policy),
    text_setting("COMMENT"),
)


# read wherever they stand, but not deployed
ALSO = (
    *POLICIES,
    Clause("USING TEMPLATE", options),
    Clause("STAGE_FILE_FORMAT", options),
    Clause("STAGE_COPY_OPTIONS", options),
    Clause("AT", options),
    Clause("BEFORE", options),
    Clause("COMMENT", value),
)

_TEXT = re.compile(r"'(?:[^']|'')*'")
_NO_TEXT = frozenset({"DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "NUMBER", "FLOAT", "BOOLEAN"})
_CONSTRAINTS = ("CONSTRAINT", "PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "CHECK")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it was written; `default` and `comment` are empty when there is none."""

    name: str
    type: DataType
    nullable: bool = True
    default: str = ""
    identity: str = ""
    comment: str = ""
    constraint: str = ""
    policy: str = ""  # `name [USING (…)]` of its masking policy
    tags: str = ""
    was: str = field(default="", compare=False)  # `-- snowdeploy: was OLD` on its line

    def __str__(self) -> str:
        return quote(self.name)

    @property
    def misfits(self) -> bool:
        """Is the default a text, and the column of a type that Snowflake takes none for? It casts no default: DATE '2026-01-01' would be one."""
        return self.type.base in _NO_TEXT and _TEXT.fullmatch(self.default) is not None


def columns(arguments: str) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns, and the out-of-line constraints (normalized text; Snowflake does not enforce them)."""
    cursor, found, constraints = Cursor(arguments), [], []
    starts = []
    while not cursor.done:
        start = cursor.peek().start
        item = cursor.until(",")
        cursor.accept(",")
        if item and any(Cursor(item).sees(*words.split()) for words in _CONSTRAINTS):
            constraints.append(normalized(item))
        elif item:
            found.append(_column(item))
            starts.append(start)
    for index, old in _old_names(arguments, starts):
        found[index] = replace(found[index], was=old)
    return tuple(found), tuple(constraints)


_WAS = re.compile(r"--\s*snowdeploy:\s*was\s+(\"(?:[^\"]|\"\")+\"|[\w$]+)")


def _old_names(arguments: str, starts: list[int]) -> Iterator[tuple[int, str]]:
    """`-- snowdeploy: was OLD` behind a column, or alone on the line above it: the column's index and the old name, folded."""
    if "snowdeploy:" not in arguments:
        return
    for token in tokens(arguments):
        if token.kind == "comment" and (match := _WAS.match(token.text)):
            line = arguments.rfind("\n", 0, token.start) + 1
            alone = not arguments[line : token.start].strip()
            index = bisect(starts, token.start) - (not alone)
            if 0 <= index < len(starts):
                yield index, fold(match[1])


def _column(text: str) -> Column:
    cursor = Cursor(text)
    name = cursor.column()
    start = cursor.peek().start
    cursor.take()
    while cursor.accept_any("PRECISION", "VARYING", "WITH LOCAL TIME ZONE", "WITH TIME ZONE", "WITHOUT TIME ZONE"):
        pass
    if cursor.peek().text == "(":
        cursor.parens()
    try:
        kind = parse_type(text[start : cursor.tokens[cursor.at - 1].end])
    except ValueError as error:
        raise ReadError(f"column {quote(name)}: {error}", start) from error
    nullable, default, identity, comment, constraint, masked, tags = True, "", "", "", "", "", ""
    while not cursor.done:
        if cursor.accept("NOT", "NULL"):
            nullable = False
        elif cursor.accept("NULL"):
            nullable = True
        elif cursor.accept("DEFAULT"):
            default = normalized(_expression(cursor))
        elif cursor.accept_any("AUTOINCREMENT", "IDENTITY"):
            identity = _identity(cursor)
        elif cursor.accept("COMMENT"):
            comment = cursor.take().value
        elif cursor.accept("CONSTRAINT"):
            cursor.take()
        elif word := cursor.accept_any("PRIMARY KEY", "UNIQUE"):
            constraint = word
            nullable = nullable and word == "UNIQUE"
        elif cursor.accept("REFERENCES"):
            constraint = _referenced(cursor)
        elif cursor.accept_any("WITH MASKING POLICY", "MASKING POLICY"):
            masked = _masked(cursor)
        elif cursor.accept_any("WITH TAG", "TAG"):
            tags = options(cursor)
        elif cursor.accept_any("COLLATE"):
            raise cursor.error("COLLATE is not supported")
        else:
            raise cursor.error(f"column {quote(name)}: unexpected text")
    return Column(name, kind, nullable, default, identity, comment, constraint, masked, tags)


def _referenced(cursor: Cursor) -> str:
    name = f"REFERENCES {cursor.name()}"
    return f"{name}({normalized(cursor.parens())})" if cursor.peek().text == "(" else name


def _masked(cursor: Cursor) -> str:
    name = str(cursor.name())
    return f"{name} USING ({normalized(cursor.parens())})" if cursor.accept("USING") else name


_COLUMN_WORDS = ("NOT", "COMMENT", "PRIMARY", "UNIQUE", "CONSTRAINT", "REFERENCES", "COLLATE", "AUTOINCREMENT", "WITH",
                 "MASKING", "TAG")  # fmt: skip


def _expression(cursor: Cursor) -> str:
    return cursor.until(*_COLUMN_WORDS)


def _identity(cursor: Cursor) -> str:
    """`(1, 1)` or `START 1 INCREMENT 1 [ORDER|NOORDER]` as "start increment"."""
    start = step = "1"
    if cursor.peek().text == "(":
        inside = Cursor(cursor.parens())
        start = _whole(inside)
        inside.expect(",")
        step = _whole(inside)
    else:
        if cursor.accept("START"):
            cursor.accept_any("WITH", "=")
            start = _whole(cursor)
        if cursor.accept("INCREMENT"):
            cursor.accept_any("BY", "=")
            step = _whole(cursor)
    cursor.accept_any("ORDER", "NOORDER")
    return f"{start} {step}"


def _whole(cursor: Cursor) -> str:
    sign = cursor.accept_any("-")
    if cursor.peek().kind != "number":
        raise cursor.error("expected a whole number")
    return sign + cursor.take().text
