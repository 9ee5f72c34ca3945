"""How values get into columns: casts, lengths, defaults and identities, the same for INSERT, MERGE, UPDATE and COPY."""

from collections.abc import Sequence

from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import raised, sql_error, unsupported
from snowpipe_deploy.local.query import zoned
from snowpipe_deploy.local.query.translate import parse, translated
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.query.values import (
    boolean_text,
    clock_text,
    cut,
    date_text,
    instant_text,
    number_text,
    variant_text,
    wall_time_text,
)
from snowpipe_deploy.names import literal
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.types import MAX_VARCHAR, DataType

_SEMI = frozenset({"VARIANT", "OBJECT", "ARRAY"})
_NULL = raised("null", "''")
_CUT = frozenset({"TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"})  # where fewer digits may be kept
_TIMES = frozenset({"DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"})
# what a column takes from values that are neither text nor VARIANT
_FITS = {"NUMBER": {"NUMBER", "FLOAT", "BOOLEAN"}, "FLOAT": {"NUMBER", "FLOAT"}, "BOOLEAN": {"BOOLEAN", "NUMBER"},
         **dict.fromkeys(_TIMES, _TIMES)}  # fmt: skip


def assigned(column: Column, value: str, source: DataType) -> str:
    """The engine expression that stores `value` (of type `source`) in the column."""
    stored = _converted(column, value, source)
    if column.nullable:
        return stored
    return f"CASE WHEN {value} IS NULL THEN {_NULL} ELSE {stored} END"


def _converted(column: Column, value: str, source: DataType) -> str:
    kind = column.type
    if kind.base in _SEMI:
        return _semi_structured(column, value, source)
    if source.base in _SEMI:
        if kind.base != "VARCHAR":
            raise unsupported(f"a VARIANT into column {column} without a cast")
        value = f"({value} ->> '$')"
    if "TIMESTAMP_TZ" in {kind.base, source.base} and kind.base != "VARCHAR":
        return _zoned(column, value, source)
    if kind.base == "VARCHAR":
        if source.base == "TIMESTAMP_TZ":
            value = zoned.as_text(value)
        elif source.base == "TIMESTAMP_NTZ":
            value = f"strftime({value}, '%Y-%m-%d %H:%M:%S.%g')"
        elif source.base == "TIME":
            value = f"left(CAST({value} AS VARCHAR), 8)"
        elif source.base in {"TIMESTAMP_LTZ", "FLOAT", "BINARY"}:
            raise unsupported(
                f"{source.base} into text column {column.name} without TO_VARCHAR(x, format) or a cast to NUMBER"
            )
        elif source.base != "VARCHAR":
            value = f"CAST({value} AS VARCHAR)"
        if kind.sizes[0] < MAX_VARCHAR:
            return f"CASE WHEN length({value}) > {kind.sizes[0]} THEN {raised('too_long', value)} ELSE {value} END"
        return value
    if kind.base == "BINARY":
        if source.base != "BINARY":
            return _null_alone(value, f"{source.base} into BINARY column {column.name} without TO_BINARY", "BLOB")
        return f"CASE WHEN octet_length({value}) > {kind.sizes[0]} THEN {raised('too_long', f'hex({value})')} ELSE {value} END"
    if source.base == "VARCHAR":
        value = _text_as(kind.base, value)
    elif source.base not in _FITS.get(kind.base, {kind.base}):
        raise unsupported(f"{source.base} into {kind.base} column {column.name} without a cast")
    stored = f"CAST({value} AS {engine_type(kind)})"
    return cut(stored, kind.sizes[0]) if kind.base in _CUT and kind.sizes[0] < 6 else stored


def _null_alone(value: str, what: str, engine: str) -> str:
    """NULL, whose type the engine does not tell from text, goes into every column; anything else is refused."""
    refused = raised("unsupported", "'" + what.replace("'", "''") + "'")
    return f"CASE WHEN {value} IS NULL THEN CAST(NULL AS {engine}) ELSE CAST({refused} AS {engine}) END"


def _semi_structured(column: Column, value: str, source: DataType) -> str:
    """Into a VARIANT, OBJECT or ARRAY column: an OBJECT and an ARRAY take what is one."""
    base = column.type.base
    if source.base in _SEMI:
        if base in {"VARIANT", source.base}:
            return value
        if source.base != "VARIANT":
            raise unsupported(f"{source.base} into {base} column {column.name}")
        other = raised(
            "unsupported", f"json_type({value}) || ' into {base} column {column.name.replace(chr(39), chr(39) * 2)}'"
        )
        return f"CASE WHEN {value} IS NULL OR json_type({value}) = '{base}' THEN {value} ELSE {other} END"
    if base != "VARIANT":
        return _null_alone(value, f"{source.base} into {base} column {column.name} without a cast", "JSON")
    if source.base == "VARCHAR":
        other = raised(
            "expression_type",
            "'" + f"expecting VARIANT but got {source} for column {column.name}".replace("'", "''") + "'",
        )
        return f"CASE WHEN {value} IS NULL THEN CAST(NULL AS JSON) ELSE CAST({other} AS JSON) END"
    return variant_text(value, source)


def _zoned(column: Column, value: str, source: DataType) -> str:
    """To and from TIMESTAMP_TZ."""
    of = column.type.base
    if of == "TIMESTAMP_TZ" and source.base in {"DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"}:
        return zoned.of_moment(value)
    if of == "TIMESTAMP_TZ" and source.base == "VARCHAR":
        return zoned.of_text(value, f"CAST({wall_time_text(value, safe=False)} AS TIMESTAMP)")
    if of == source.base:
        return value
    match of:
        case "TIMESTAMP_LTZ":
            return zoned.instant(value)
        case "TIMESTAMP_NTZ" | "DATE":
            return f"CAST({zoned.wall_time(value)} AS {engine_type(column.type)})"
        case _:
            raise unsupported(f"{source.base} into {of} column {column.name} without a cast")


def _text_as(base: str, value: str) -> str:
    match base:
        case "DATE":
            return date_text(value, safe=False)
        case "TIME":
            return clock_text(value, safe=False)
        case "TIMESTAMP_LTZ":
            return instant_text(value, safe=False)
        case "TIMESTAMP_NTZ":
            return wall_time_text(value, safe=False)
        case "NUMBER" | "FLOAT":
            return number_text(value, safe=False)
        case "BOOLEAN":
            return boolean_text(value, safe=False)
        case _:
            return value


def identity_value(table: Entry, column: Column) -> str:
    """The engine's expression of the next number of an identity."""
    return f"nextval({literal(table.identity(column))})"


def default_of(t: Translation, table: Entry, column: Column) -> tuple[str, DataType]:
    """The engine expression of a column that a statement leaves out, computed for each row, and its type."""
    if column.identity:
        return identity_value(table, column), column.type
    if not column.default:
        return f"CAST(NULL AS {engine_type(column.type)})", column.type
    inner = Translation(t.runner, {})
    query = translated(parse(f"SELECT {column.default} AS D"), inner)
    t.volatile |= inner.volatile
    kind = t.runner.engine.describe(query.sql)[0][1]
    return query.sql.removeprefix("SELECT ").removesuffix(' AS "D"'), kind


def pick(table: Entry, names: Sequence[str]) -> tuple[Column, ...]:
    """The columns by name, in the order given; all of them where none is given."""
    if not names:
        return table.columns
    by_name = {column.name: column for column in table.columns}
    for name in names:
        if name not in by_name:
            raise sql_error("invalid_identifier", name)
    return tuple(by_name[name] for name in names)


def insert_text(t: Translation, table: Entry, columns: Sequence[Column], query: str, source: Sequence[DataType]) -> str:
    """The engine's INSERT of a query whose columns are, by position, `columns`."""
    if len(source) != len(columns):
        raise sql_error("value_list", len(columns), len(source))
    given = {column.name for column in columns}
    rest = [column for column in table.columns if column.name not in given]
    values = [assigned(column, f"c{i}", kind) for i, (column, kind) in enumerate(zip(columns, source, strict=True))]
    defaults = [default_of(t, table, column) for column in rest]
    values += [
        assigned(column, f"d{i}", kind) for i, (column, (_, kind)) in enumerate(zip(rest, defaults, strict=True))
    ]
    names = ", ".join(quoted(column.name) for column in (*columns, *rest))
    alias = ", ".join(f"c{i}" for i in range(len(source)))
    rows = f"({query}) AS q({alias})"
    if defaults:
        rows = f"(SELECT q.*, {', '.join(f'{text} AS d{i}' for i, (text, _) in enumerate(defaults))} FROM {rows})"
    return f"INSERT INTO {table.base} ({names}) SELECT {', '.join(values)} FROM {rows}"
