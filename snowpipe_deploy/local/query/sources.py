"""What stands in FROM: tables, views, streams, table functions, system views."""

from collections.abc import Callable, Sequence

from sqlglot import exp

from snowpipe_deploy.local import directory, stage_files
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.changes import METADATA
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import raised, sql_error, unsupported
from snowpipe_deploy.local.query.reads import read_by, relations_below
from snowpipe_deploy.local.query.time_travel import rows_at
from snowpipe_deploy.local.query.translation import Source, Translation
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.lexer import tokens
from snowpipe_deploy.types import DataType

TEXT, NUMBER, BOOLEAN = DataType("VARCHAR", (16777216,)), DataType("NUMBER", (38, 0)), DataType("BOOLEAN")
MOMENT = DataType("TIMESTAMP_LTZ", (9,))
Arguments = dict[str, str]  # name (or position) to DuckDB text
TableFunction = Callable[[Runner, Arguments], Source]

# filled by `information_schema`, which lies above: table functions and views by upper-case name
FUNCTIONS: dict[str, TableFunction] = {}
VIEWS: dict[str, Callable[[Runner, str], Source]] = {}
# filled by `staged`: what reads the files that `FROM @stage` means, with so many fields
READERS: "dict[str, Callable[[Translation, exp.Table, int], Source]]" = {}
# filled by `translate`: a view whose query is put into each query that reads it
INLINED: "dict[str, Callable[[Translation, Entry], Source]]" = {}


def relation(runner: Runner, entry: Entry) -> Source:
    """A table, view, dynamic table or stream as it is read."""
    if entry.kind == "STREAM":
        table = runner.catalog.by_id(entry.properties["source"])
        if table is None:
            raise sql_error("dropped_source", entry.properties["source_name"], entry.name)
        for below in entry.properties.get("below", ()):
            if runner.catalog.by_id(int(below)) is None:
                raise sql_error("dropped_source", entry.properties["below"][below], entry.name)
        for one in (
            table,
            *(e for e in map(runner.catalog.by_id, map(int, entry.properties.get("below", ()))) if e is not None),
        ):
            if one.properties.get("ROW ACCESS POLICY") or any(c.policy for c in one.columns):
                raise unsupported(f"reading {entry.name}, a stream on {one.name}, which a policy guards")
        columns = [(c.name, c.type) for c in table.columns]
        columns += list(zip(METADATA, (TEXT, BOOLEAN, TEXT), strict=True))
        return Source(entry.engine_name, tuple(columns), frozenset({entry.id}))
    if entry.kind == "DYNAMIC TABLE" and not entry.properties.get("initialized", True):
        raise sql_error("not_initialized")
    columns = [(c.name, c.type) for c in entry.columns]
    below = read_by(runner.catalog, entry) if entry.kind == "VIEW" else []
    return Source(_guarded(entry), tuple(columns), frozenset(e.id for e in below if e.kind == "STREAM"))


def _guarded(entry: Entry) -> str:
    """The rows of a relation; a column with a masking policy is refused by name as soon as its values are asked for."""
    rows = str(entry.properties.get("ROW ACCESS POLICY", ""))
    if not rows and not any(c.policy for c in entry.columns):
        return entry.engine_name

    def refused(what: str) -> str:
        return raised("unsupported", "'" + what.replace("'", "''") + "'")

    spelled = ", ".join(
        f"CASE WHEN {quoted(c.name)} IS NULL THEN {refused(f'reading {entry.name}.{c.name}, which masking policy {c.policy} masks')} "
        f"ELSE {refused(f'reading {entry.name}.{c.name}, which masking policy {c.policy} masks')} END::{engine_type(c.type)} AS {quoted(c.name)}"
        if c.policy else quoted(c.name)
        for c in entry.columns
    )  # fmt: skip
    test = f" WHERE {refused(f'reading {entry.name}, whose rows {rows} filters')} IS NULL" if rows else ""
    return f"(SELECT {spelled} FROM {entry.engine_name}{test})"


def table_name(node: exp.Table) -> ObjectName:
    if isinstance(node.this, exp.DynamicIdentifier):
        if not isinstance(node.this.this, exp.Literal):
            raise unsupported("IDENTIFIER() of a computed name")
        return ObjectName.parse(node.this.this.name)
    parts = [part for part in (node.args.get("catalog"), node.args.get("db"), node.this) if part is not None]
    if not all(isinstance(part, exp.Identifier) for part in parts):
        raise unsupported(f"{node.sql('snowflake')!r} in FROM")
    return ObjectName(tuple(p.this if p.quoted else p.this.upper() for p in parts))


def _directory(t: Translation, reference: exp.Expression) -> Source:
    """`DIRECTORY(@stage)`: the files as they were at the last refresh."""
    text = reference.name if isinstance(reference, exp.Literal) else reference.sql("snowflake")
    stage, path = stage_files.resolve(t.runner, tokens(text)[0])
    if path:
        raise sql_error("syntax", f"DIRECTORY({text}): a stage without a path is expected")
    directory.require(stage)
    t.runner.require(stage, "READ")
    columns = tuple((column.name, column.type) for column in directory.COLUMNS)
    return Source(f"(SELECT {', '.join(quoted(name) for name, _ in columns)} FROM {stage.base})", columns)


def source_of(t: Translation, node: exp.Table, fields: int) -> Source:
    """What a name in FROM means; of files of a stage so many `fields` are read."""
    if isinstance(node.this, exp.Var | exp.Literal) and node.name.startswith("@"):
        return READERS["@"](t, node, fields)
    if isinstance(node.this, exp.DirectoryStage):
        return _directory(t, node.this.this)
    name = table_name(node)
    if len(name.parts) > 1 and name.parts[-2] == "INFORMATION_SCHEMA":
        if name.last not in VIEWS:
            raise unsupported(f"INFORMATION_SCHEMA.{name.last}")
        database = name.parts[0] if len(name.parts) == 3 else t.runner.full(ObjectName(("X",)), 2).parts[0]
        return VIEWS[name.last](t.runner, database)
    if name.parts[:2] == ("SNOWFLAKE", "ACCOUNT_USAGE"):
        view = f"ACCOUNT_USAGE.{name.last}"
        if view not in VIEWS:
            raise unsupported(f"SNOWFLAKE.{view}")
        return VIEWS[view](t.runner, "")
    entry = t.runner.source(name)
    if entry.kind != "STREAM":
        below = relations_below(t.runner.catalog, entry) if entry.kind in {"VIEW", "MATERIALIZED VIEW"} else []
        t.reads |= {one.id for one in (entry, *below) if one.kind != "STREAM"}
    if (when := node.args.get("when")) is not None:
        return _then(t, node, entry, when)
    if entry.properties.get("inlined"):
        return INLINED["VIEW"](t, entry)
    return relation(t.runner, entry)


def _then(t: Translation, node: exp.Table, entry: Entry, when: exp.Expression) -> Source:
    """A table as it was: AT or BEFORE in FROM."""
    if entry.kind not in {"TABLE", "DYNAMIC TABLE"} or _guarded(entry) != entry.engine_name:
        raise unsupported(f"{when.this} of {entry.kind.lower()} {entry.name}")
    t.volatile = True
    node.set("when", None)
    inside = f"{when.args['kind']} => {when.expression.sql('snowflake')}"
    rows = rows_at(t.runner, str(when.this), inside, entry)
    columns = ", ".join(quoted(c.name) for c in entry.columns)
    return Source(f"(SELECT {columns} FROM ({rows}))", tuple((c.name, c.type) for c in entry.columns))


# their source holds rows of the moment in which they were asked
_OF_THIS_MOMENT = frozenset({"RESULT_SCAN", "CURRENT_TASK_GRAPHS", "COMPLETE_TASK_GRAPHS", "VALIDATE"})
_OF_A_TABLE = frozenset({"VALIDATE"})  # their first argument is the name of a table


def function_source(t: Translation, node: exp.Expression, text_of: Callable[[exp.Expression], str]) -> Source:
    """`TABLE(f(…))`; `text_of` makes DuckDB text of an argument."""
    call = node.expression if isinstance(node, exp.Dot) else node
    name = call.name.upper() if isinstance(call, exp.Anonymous) else call.key.upper()
    if name not in FUNCTIONS:
        raise unsupported(f"table function {name}")
    t.volatile |= name in _OF_THIS_MOMENT
    arguments: Arguments = {}
    given = enumerate(call.expressions) if isinstance(call, exp.Anonymous) else call.args.items()
    for place, argument in given:
        if isinstance(argument, exp.Kwarg):
            arguments[argument.this.name.upper()] = text_of(argument.expression)
        elif isinstance(argument, exp.Column) and name in _OF_A_TABLE:
            arguments[str(place)] = argument.sql("snowflake")
        elif isinstance(argument, exp.Expression):
            arguments[str(place).upper()] = text_of(argument)
    before = t.runner.database
    try:
        if (
            isinstance(node, exp.Dot)
            and isinstance(node.this, exp.Dot | exp.Column)
            and node.this.parts[0].name.upper() != "INFORMATION_SCHEMA"
        ):
            part = node.this.parts[0]  # DB.INFORMATION_SCHEMA.F(…): the function looks at that database
            t.runner.database = part.name if part.args.get("quoted") else part.name.upper()
        return FUNCTIONS[name](t.runner, arguments)
    finally:
        t.runner.database = before


def result_scan(runner: Runner, arguments: Arguments) -> Source:
    """The rows of an earlier statement of this session."""
    query_id = arguments.get("0", "").strip("'")
    found = runner.results.get(query_id)
    if found is None:
        raise sql_error("syntax", f"Result for query {query_id!r} was not found or has expired.")
    if len({name.upper() for name in found.columns}) < len(found.columns):
        raise unsupported("RESULT_SCAN of a result with two columns of one name")
    if any(kind.base == "TIMESTAMP_TZ" for kind in found.types):
        raise unsupported("RESULT_SCAN of a result with a TIMESTAMP_TZ")
    return holding(runner, tuple(zip(found.columns, found.types, strict=True)), found.rows)


def holding(runner: Runner, columns: tuple[tuple[str, DataType], ...], rows: Sequence[Sequence[object]]) -> Source:
    """Rows that are known by now."""
    names = [(f"c{i}", engine_type(of)) for i, (_, of) in enumerate(columns)]
    items = ", ".join(f"{held} AS {quoted(name)}" for (held, _), (name, _) in zip(names, columns, strict=True))
    return Source(f"(SELECT {items} FROM {runner.hold(names, rows)})", columns)


FUNCTIONS["RESULT_SCAN"] = result_scan
