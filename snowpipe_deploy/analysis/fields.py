"""Columns as a statement declares them."""

from dataclasses import dataclass

from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.clauses.table import Column as TableColumn
from snowpipe_deploy.sqltext.clauses.table import columns as table_columns
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import DataType, parse_type

Origin = tuple[ObjectName, str]  # a relation and one of its columns


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a relation or of a query's result; `name` is empty where Snowflake makes one up. `origins` are the columns of
    tables and views that its value is made of."""

    name: str
    type: DataType | None = None
    nullable: bool | None = None
    origins: frozenset[Origin] = frozenset()


@dataclass(frozen=True)
class Relation:
    """The columns of something that can be read, in order; `extra` are those that `*` leaves out (renamed and dropped ones too)."""

    fields: tuple[Field, ...]
    extra: tuple[Field, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(f.name for f in (*self.fields, *self.extra))

    def find(self, name: str) -> Field | None:
        return next((f for f in (*self.fields, *self.extra) if f.name == name), None)


def parts(text: str) -> list[str]:
    cursor, found = Cursor(text), []
    while not cursor.done:
        found.append(cursor.until(","))
        cursor.accept(",")
    return [part for part in found if part]


def declared(text: str) -> tuple[Field, ...]:
    """The columns between the parentheses of a CREATE TABLE; a type that is not known is None."""
    try:
        made: tuple[TableColumn, ...] = table_columns(text)[0]
        return tuple(Field(c.name, c.type, c.nullable) for c in made)
    except (ReadError, ValueError, IndexError):
        return tuple(_loosely(part) for part in parts(text) if not _is_constraint(part))


def _is_constraint(part: str) -> bool:
    tokens = code(part)
    return not tokens or tokens[0].upper in {"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "INDEX"}


def _loosely(part: str) -> Field:
    """A column whose properties are not all known: its name, and its type if that is."""
    tokens = code(part)
    if tokens[0].kind not in {"word", "quoted"}:
        return Field("")
    kind = None
    if len(tokens) > 1:
        cursor = Cursor(part, 2)
        if cursor.peek().text == "(":
            try:
                cursor.parens()
            except ReadError:
                return Field(fold(tokens[0].text))
        try:
            kind = parse_type(part[tokens[1].start : cursor.tokens[cursor.at - 1].end])
        except (ValueError, IndexError):
            kind = None
    return Field(fold(tokens[0].text), kind)
