"""One Snowflake query to DuckDB text: sources resolved, names qualified, types annotated, rules applied."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.catalog import Entry, Seen, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query import (
    clauses,
    forms,
    laterals,
    listed,
    outputs,
    pivots,
    positions,
    routines,
    row_values,
    sequences,
    table_calls,
    variant_keys,
    zoned,
)
from snowpipe_deploy.local.query.alignment import align
from snowpipe_deploy.local.query.emptiness import has_none
from snowpipe_deploy.local.query.fixed_point import METADATA
from snowpipe_deploy.local.query.function import Function, Special, annotated
from snowpipe_deploy.local.query.kinds import kind, sqlglot_type
from snowpipe_deploy.local.query.mixing import check
from snowpipe_deploy.local.query.reading import gather_orders, read
from snowpipe_deploy.local.query.reads import is_cte
from snowpipe_deploy.local.query.rules import RULES
from snowpipe_deploy.local.query.rules.conversion import to_zoned
from snowpipe_deploy.local.query.sources import INLINED, function_source, source_of
from snowpipe_deploy.local.query.star import check_merged, spread
from snowpipe_deploy.local.query.template import raw, surrounded
from snowpipe_deploy.local.query.translation import TASK_FACT, Rule, Source, Translation, Typed
from snowpipe_deploy.local.runner import Runner, Variable
from snowpipe_deploy.names import InvalidName
from snowpipe_deploy.types import DataType

_VARIANT = exp.DataType.build("variant", dialect="snowflake")

# functions that stand under their name say themselves what type they have
_METADATA = METADATA | {call: {"annotator": annotated(RULES)} for call in (exp.Anonymous, exp.AnonymousAggFunc)}
AGGREGATES = frozenset(
    str(name) for name, rule in RULES.items() if isinstance(rule, Function | Special) and rule.aggregate
)
_KEPT_TEXTS = 2000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Query:
    """DuckDB text, the values of its `$name` parameters (`used` names them), and the streams it reads."""

    sql: str
    values: dict[str, object] = field(default_factory=dict)
    streams: frozenset[int] = frozenset()
    used: tuple[str, ...] = ()
    only_streams: bool = False  # it has no rows while the streams have none
    types: tuple[DataType | None, ...] = ()  # of its columns, where they say more than the engine's
    lasts: bool = True  # False: it calls functions that a schema holds, or the text holds a value of now, so that it is wrong later

    def exactly(self, columns: Iterable[tuple[str, DataType]]) -> list[tuple[str, DataType]]:
        """Names and types of the result, from those that the engine gives."""
        found = list(columns)
        said = self.types if len(self.types) == len(found) else [None] * len(found)
        return [(name, outputs.exact(kind, more)) for (name, kind), more in zip(found, said, strict=True)]

    def bound(self, binds: Mapping[str, Typed]) -> "Query":
        """The same with the values that the variables have now."""
        return replace(self, values={name: binds[name.upper()].value for name in self.used if name.upper() in binds})


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made, at which version of the catalog, and what was looked up for it."""

    made: object
    version: int
    seen: frozenset[Seen]
    streams: frozenset[int]  # those it reads
    reads: frozenset[int]  # the tables whose rows it reads
    asked: frozenset[int]  # those it asks whether they have data


def parse(text: str) -> exp.Expression:
    """Snowflake text to a tree; raises Snowflake's syntax error."""
    return read(text, AGGREGATES)


def compiled(runner: Runner, text: str, make: Callable[[Translation], _T]) -> _T:
    """What `make` prepares for the statement `text`, kept for the next time it comes.

    The key is the text, what its names mean (database, schema), what the role may read and the types of the variables. What is kept
    holds while the catalog stays as it is; where nothing but tables was looked up, while those do. A result that holds a value
    computed now is not kept; `make` marks it by `volatile`.
    """
    types = tuple((name, str(held.type)) for name, held in runner.binds.items())
    key = (text, runner.database, runner.schema, types, runner.rights)
    cache, catalog = runner.shared.cache, runner.catalog
    kept = cache.get(key)
    if kept is not None and (kept.version == catalog.version or catalog.stands(kept.seen)):
        catalog.note(kept.seen)
        _look_after(runner, kept.streams, kept.asked, kept.reads)
        return cast("_T", kept.made)
    t, version = Translation(runner, dict(runner.binds)), catalog.version  # another session may change it meanwhile
    with catalog.watched() as seen:
        made = make(t)
    if not t.volatile:
        if len(cache) > _KEPT_TEXTS:
            cache.clear()
        cache[key] = Kept(made, version, frozenset(seen), frozenset(t.streams), frozenset(t.reads), frozenset(t.asked))
    _look_after(runner, t.streams, t.asked, t.reads)
    return made


def _look_after(runner: Runner, streams: Collection[int], asked: Collection[int], reads: Collection[int]) -> None:
    """What becomes of streams by the statement's use of them, and what its transaction sees of tables, before it runs."""
    runner.look_at(reads, streams)
    if streams:
        changes.require_fresh(runner, streams)
    if asked:
        changes.keep_fresh(runner, asked)


def translate(runner: Runner, text: str, binds: Mapping[str, Typed] | None = None) -> Query:
    """A query's text; see `compiled` for when it is kept."""
    outer, runner.binds = runner.binds, binds or {}
    try:
        made = compiled(runner, text, lambda t: translated(outputs.name(parse(text), text), t))
    finally:
        runner.binds = outer
    return made.bound(binds or {})


def translated(tree: exp.Expression, t: Translation) -> Query:
    """A parsed query (a part of DML, say)."""
    named = {p.name for p in tree.find_all(exp.Placeholder)} | {name for name in t.binds if name.startswith(TASK_FACT)}
    sql = translate_tree(tree, t)
    used = tuple(sorted(name for name in named if re.search(rf"\${name}\b", sql)))  # some became a part of the text
    return Query(sql, {}, frozenset(t.streams), used, t.only_streams, t.types, not (t.calls or t.volatile)).bound(
        t.binds
    )


def translate_tree(tree: exp.Expression, t: Translation) -> str:
    """DuckDB text of a parsed query."""
    try:
        return _translated(tree, t)
    except InvalidName as error:  # in an argument of a function
        raise sql_error("syntax", f"Invalid identifier: {error}") from error


def _translated(tree: exp.Expression, t: Translation) -> str:
    if not isinstance(tree, exp.Query):
        raise unsupported(f"{type(tree).__name__.lower()} where a query is expected")
    forms.unwrap(tree)
    forms.name_formats(tree)
    tree = routines.expand(tree, t, parse, RULES.__contains__)
    clauses.check(tree)
    row_values.expand(tree)
    gather_orders(tree)
    table_calls.expand(tree, t, parse, lambda query: _read(t, query))
    pivots.expand(tree, lambda query: _values(query, tree, t))
    forms.normalize(tree)
    forms.note_aliases(tree)
    _bind(tree, t)
    sequences.count(tree)
    sequences.draw(tree, t)
    laterals.expand(tree)
    _resolve(tree, t)
    listed.check(tree, t)
    t.only_streams = has_none(tree, {key: _is_stream(source, t) for key, source in t.sources.items()})
    spread(tree, t.sources)
    check_merged(tree)
    positions.resolve(tree, t)
    schema = MappingSchema(dialect="snowflake", normalize=False)
    for key, source in t.sources.items():
        schema.add_table(key, {quoted(name): sqlglot_type(of) for name, of in source.columns}, match_depth=False)
    try:
        tree = qualify(
            tree, schema=schema, dialect="snowflake", isolate_tables=False, quote_identifiers=True,
            validate_qualify_columns=True,
        )  # fmt: skip
    except OptimizeError as error:
        raise _optimizer_error(str(error), t) from error
    listed.check_order(tree)
    forms.order_by_all(tree)
    forms.refuse_double_names(
        tree, lambda key: {name for name, _ in t.sources[key].columns} if key in t.sources else set()
    )
    laterals.type_columns(tree)
    tree = annotate_types(tree, schema=schema, dialect="snowflake", expression_metadata=_METADATA)
    if laterals.type_subqueries(tree):
        tree = annotate_types(tree, schema=schema, dialect="snowflake", expression_metadata=_METADATA)
    t.types = outputs.types(tree, t.sources)
    if align(tree) | zoned.name_casts(tree):
        tree = annotate_types(tree, schema=schema, dialect="snowflake", expression_metadata=_METADATA)
    variant_keys.mark(tree)
    tree = _rewrite(tree, t)
    for table in list(tree.find_all(exp.Table)):
        if table.name in t.sources and not table.db:
            table.set("this", raw(t.sources[table.name].sql))
    laterals.place(tree)
    return str(tree.sql("duckdb", copy=False, unsupported_level=sqlglot.ErrorLevel.IGNORE))


def _optimizer_error(text: str, t: Translation) -> Exception:
    if match := re.search(r"Column '?\"?([^'\"]+)\"?'? could not be resolved(?: for table:? '?\"?([^'\".\s]+))?", text):
        held = sum(match[1] in dict(source.columns) for source in t.sources.values())
        if match[2]:
            return sql_error("invalid_identifier", f"{match[2]}.{match[1]}")
        return sql_error("ambiguous" if held > 1 else "invalid_identifier", match[1])
    if match := re.search(r"Unknown column: (\S+)", text):
        return sql_error("invalid_identifier", match[1].strip("'\""))
    if match := re.search(r"Unknown table: '?([^'\s]+)", text):
        return sql_error("missing_relation", match[1])
    return sql_error("syntax", text.split("\n", maxsplit=1)[0])


def _bind(tree: exp.Expression, t: Translation) -> None:
    """`:x` gets the type of the scripting variable; `$v` the value of the session variable."""
    for node in list(tree.find_all(exp.Placeholder, exp.Parameter)):
        if isinstance(node, exp.Placeholder):
            if node.name.upper() not in t.binds:
                raise sql_error("syntax", f"Bind variable :{node.name} not set.")
            if t.binds[node.name.upper()].type.base == "TIMESTAMP_TZ":
                raise unsupported(f"variable {node.name} of type TIMESTAMP_TZ in a statement")
            typed = exp.Cast(this=node.copy(), to=sqlglot_type(t.binds[node.name.upper()].type))
            typed.meta["bound"] = True
            node.replace(typed)
        elif node.name.isdigit():
            positions.mark(node)
        else:
            name = node.name.upper()
            if name not in t.runner.variables:
                raise sql_error("syntax", f"Session variable '${name}' does not exist")
            t.volatile = True
            node.replace(_constant(t.runner.variables[name]))


def _constant(held: Variable) -> exp.Expression:
    """The value of a session variable."""
    if held.value is None:
        return exp.Null()
    if held.type.base == "NUMBER":
        number = exp.Literal.number(str(held.value).lstrip("-"))
        return exp.Paren(this=exp.Neg(this=number)) if str(held.value).startswith("-") else number
    text = exp.Literal.string(str(held.value))
    return text if held.type.base == "VARCHAR" else exp.Cast(this=text, to=sqlglot_type(held.type))


def _resolve(tree: exp.Expression, t: Translation) -> None:
    """Each table becomes S0, S1 … with the alias by which its columns are named."""
    fields = max(
        (column.meta["position"] for column in tree.find_all(exp.Column) if "position" in column.meta), default=1
    )
    for node in list(tree.find_all(exp.Table)):
        if is_cte(node):
            continue
        alias = node.alias or (node.name if isinstance(node.this, exp.Identifier) else "")
        quoted_alias = exp.to_identifier(_folded(node, alias), quoted=True) if alias else None
        target = t.targets.get(_folded(node, alias))
        if node.meta.get("given") is not None:
            source = node.meta["given"]
        elif isinstance(node.this, exp.Anonymous):
            source = _function(t, node.this)
        else:
            source = target if target is not None and not node.meta.get("source") else source_of(t, node, fields)
        key = t.add(source)
        columns = node.args["alias"].args.get("columns") if node.args.get("alias") else None
        if columns and len(columns) != len(source.columns):
            raise unsupported(f"{len(columns)} names for {len(source.columns)} columns of {node.name}")
        node.set("this", exp.to_identifier(key, quoted=True))
        for word in ("db", "catalog", "format", "pattern"):
            node.set(word, None)
        if quoted_alias is not None:
            node.set("alias", exp.TableAlias(this=quoted_alias, columns=columns))
    for node in list(tree.find_all(exp.TableFromRows)):
        key = t.add(_function(t, node.this))
        node.replace(exp.Table(this=exp.to_identifier(key, quoted=True), alias=node.args.get("alias")))
    for column in tree.find_all(exp.Column):
        if column.args.get("db") is not None:
            column.set("db", None)
            column.set("catalog", None)
    for values in tree.find_all(exp.Values):
        _name_values(values)


def _function(t: Translation, call: exp.Expression) -> Source:
    """The rows of a built-in table function."""
    if isinstance(call, exp.Window):
        raise unsupported(f"a table function with OVER ({call.sql('snowflake')[:60]!r})")
    return function_source(t, call, lambda node: _constant_text(node, t))


def _read(t: Translation, query: exp.Select) -> tuple[table_calls.Columns, table_calls.Rows]:
    """The columns and rows of a query, as the engine holds them; what it reads of streams, the query around it does."""
    inner = Translation(t.runner, t.binds)
    made = translated(query, inner)
    t.streams |= made.streams
    t.reads |= inner.reads
    t.runner.look_at(inner.reads, made.streams)
    described = t.runner.engine.describe(made.sql, made.values or None)
    return tuple(made.exactly(described)), t.runner.engine.all(made.sql, made.values or None)


def _inlined(t: Translation, view: Entry) -> Source:
    """The rows of a view as its query gives them now: with the names of its schema and the rights of its owner."""
    runner = t.runner
    context = (runner.database, runner.schema, runner.role)
    runner.database, runner.schema, runner.role = *view.name.parts[:2], view.owner
    inner = Translation(runner, {})
    try:
        sql = translate_tree(parse(view.properties["query"]), inner)
    finally:
        runner.database, runner.schema, runner.role = context
    t.calls, t.volatile = True, t.volatile or inner.volatile
    t.reads |= inner.reads
    columns = tuple((column.name, column.type) for column in view.columns)
    names = ", ".join(quoted(name) for name, _ in columns)
    return Source(f"(SELECT * FROM ({sql}) AS v({names}))", columns, frozenset(inner.streams))


INLINED["VIEW"] = _inlined


def check_function(runner: Runner, entry: Entry) -> None:
    """Raises what is wrong with the body of a function in SQL, as far as it is understood here."""
    routines.check(Translation(runner, {}), entry, parse, translate_tree)


def _is_stream(source: Source, t: Translation) -> bool:
    """A stream itself, not a view that reads one."""
    names = [entry.engine_name for number in source.streams if (entry := t.runner.catalog.by_id(number)) is not None]
    return names == [source.sql]


def _values(query: exp.Select, around: exp.Expression, t: Translation) -> list[object]:
    """The values of a query of one column, run now; it may name what WITH defines around it."""
    if (with_ := around.args.get("with_")) is not None and query.args.get("with_") is None:
        query.set("with_", with_.copy())
    inner = Translation(t.runner, t.binds)
    asked = translated(query, inner)
    if asked.streams:
        raise unsupported("values of a stream in the list of PIVOT")
    t.volatile = True
    return [row[0] for row in t.runner.engine.query(asked.sql, asked.values).rows]


def _folded(node: exp.Table, alias: str) -> str:
    held = node.args["alias"].this if node.args.get("alias") else node.this
    return alias if isinstance(held, exp.Identifier) and held.quoted else alias.upper()


def _name_values(values: exp.Values) -> None:
    """The columns of VALUES are COLUMN1, COLUMN2 … unless they are named."""
    if not isinstance(values.parent, exp.From | exp.Join):
        return
    alias = values.args.get("alias") or exp.TableAlias(this=exp.to_identifier("VALUES", quoted=True))
    if not alias.args.get("columns") and values.expressions:
        first = values.expressions[0]
        width = len(first.expressions) if isinstance(first, exp.Tuple) else 1
        alias.set("columns", [exp.to_identifier(f"COLUMN{i + 1}", quoted=True) for i in range(width)])
    values.set("alias", alias)


def _constant_text(node: exp.Expression, t: Translation) -> str:
    """An argument of a table function: an expression without columns, as DuckDB text."""
    inner = Translation(t.runner, t.binds)
    text = translate_tree(exp.select(node.copy()), inner)
    t.volatile |= inner.volatile
    return text.removeprefix("SELECT ").rpartition(" AS ")[0] if " AS " in text else text.removeprefix("SELECT ")


# -- rules -----------------------------------------------------------------------------------------------------------


def _rewrite(tree: exp.Expression, t: Translation) -> exp.Expression:
    """Every node must have a rule (told before any is applied, so that messages show what was written); leaves first."""
    nodes = list(tree.walk(bfs=True))
    has_zoned = any(kind(node) == "ZONED" for node in nodes)
    for node in nodes:
        _rule(node)
        check(node)
        if has_zoned:
            zoned.check(node)
    for node in reversed(nodes):
        rule = _rule(node)
        if has_zoned:
            zoned.by_instant(node, to_zoned)
        before = kind(node)
        after = variant_keys.guarded(node, rule(node, t))
        if after is node:
            continue
        after.type = _VARIANT.copy() if before == "JSON" else node.type
        if node is tree:
            tree = after
        else:
            node.replace(after)
    return surrounded(tree)


def _rule(node: exp.Expression) -> Rule:
    if node.meta.get("flattened"):
        return lambda cast, _: cast.this.copy()
    if routines.is_python(node):
        return routines.engine_call
    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
        rule = RULES.get(node.name.upper())
        what = f"function {node.name.upper()}"
    elif isinstance(node, exp.Cast) and node.meta.get("bound"):
        return _engine_bind
    else:
        rule = RULES.get(type(node))
        what = f"function {node.key.upper()}" if isinstance(node, exp.Func) else f"{type(node).__name__} in a query"
    if rule is None:
        raise unsupported(f"{what} ({node.sql('snowflake')[:60]!r})")
    return rule


def _engine_bind(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.args["to"].this in {exp.DataType.Type.VARIANT, exp.DataType.Type.OBJECT, exp.DataType.Type.ARRAY}:
        node.set("to", exp.DataType.build("JSON", dialect="duckdb"))
    return node


def target_source(base: str, columns: tuple[tuple[str, DataType], ...]) -> Source:
    """A table about to be changed: its rows with their hidden id, `__ROW`."""
    return Source(base, (*columns, ("__row", DataType("NUMBER", (38, 0)))))
