"""One Snowflake query to DuckDB text: sources resolved, names qualified, types annotated, rules applied."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from snowpipe_deploy.local.catalog import Seen
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.alignment import align
from snowpipe_deploy.local.query.fixed_point import METADATA
from snowpipe_deploy.local.query.function import Function, Special, annotated
from snowpipe_deploy.local.query.kinds import kind, sqlglot_type
from snowpipe_deploy.local.query.mixing import check
from snowpipe_deploy.local.query.reading import gather_orders, read
from snowpipe_deploy.local.query.rules import RULES
from snowpipe_deploy.local.query.sources import function_source, source_of
from snowpipe_deploy.local.query.star import spread
from snowpipe_deploy.local.query.template import raw, surrounded
from snowpipe_deploy.local.query.translation import Rule, Source, Translation, Typed
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.types import DataType

_VARIANT = exp.DataType.build("variant", dialect="snowflake")
_FLATTEN = (("SEQ", "NUMBER"), ("KEY", "VARCHAR"), ("PATH", "VARCHAR"), ("INDEX", "NUMBER"), ("VALUE", "VARIANT"),
            ("THIS", "VARIANT"))  # fmt: skip


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

    def bound(self, binds: Mapping[str, Typed]) -> "Query":
        """The same with the values that the variables have now."""
        return replace(self, values={name: binds[name.upper()].value for name in self.used if name.upper() in binds})


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made, at which version of the catalog, and what was looked up for it."""

    made: object
    version: int
    seen: frozenset[Seen]


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
        return cast("_T", kept.made)
    t = Translation(runner, dict(runner.binds))
    with catalog.watched() as seen:
        made = make(t)
    if not t.volatile:
        if len(cache) > _KEPT_TEXTS:
            cache.clear()
        cache[key] = Kept(made, catalog.version, frozenset(seen))
    return made


def translate(runner: Runner, text: str, binds: Mapping[str, Typed] | None = None) -> Query:
    """A query's text; see `compiled` for when it is kept."""
    outer, runner.binds = runner.binds, binds or {}
    try:
        made = compiled(runner, text, lambda t: translated(name_outputs(parse(text)), t))
    finally:
        runner.binds = outer
    return made.bound(binds or {})


def name_outputs(tree: exp.Expression) -> exp.Expression:
    """Result columns without a name are called by their text, as Snowflake calls them."""
    first = tree
    while isinstance(first, exp.SetOperation):
        first = first.this
    if isinstance(first, exp.Select):
        for item in list(first.expressions):
            if not isinstance(item, exp.Alias | exp.Column | exp.Star) and not item.is_star:
                alias = exp.to_identifier(item.sql("snowflake").upper()[:200], quoted=True)
                item.replace(exp.Alias(this=item.copy(), alias=alias))
    return tree


def translated(tree: exp.Expression, t: Translation) -> Query:
    """A parsed query (a part of DML, say)."""
    named = {p.name for p in tree.find_all(exp.Placeholder)}
    sql = translate_tree(tree, t)
    used = tuple(sorted(name for name in named if re.search(rf"\${name}\b", sql)))  # some became a part of the text
    return Query(sql, {}, frozenset(t.streams), used).bound(t.binds)


def translate_tree(tree: exp.Expression, t: Translation) -> str:
    """DuckDB text of a parsed query."""
    if not isinstance(tree, exp.Query):
        raise unsupported(f"{type(tree).__name__.lower()} where a query is expected")
    gather_orders(tree)
    _bind(tree, t)
    _resolve(tree, t)
    spread(tree, t.sources)
    inputs = _flatten(tree)
    schema = MappingSchema(dialect="snowflake", normalize=False)
    for key, source in t.sources.items():
        schema.add_table(key, {name: sqlglot_type(of) for name, of in source.columns}, match_depth=False)
    try:
        tree = qualify(
            tree, schema=schema, dialect="snowflake", isolate_tables=False, quote_identifiers=True,
            validate_qualify_columns=True,
        )  # fmt: skip
    except OptimizeError as error:
        raise _optimizer_error(str(error)) from error
    _type_flattened(tree, inputs)
    tree = annotate_types(tree, schema=schema, dialect="snowflake", expression_metadata=_METADATA)
    if align(tree):
        tree = annotate_types(tree, schema=schema, dialect="snowflake", expression_metadata=_METADATA)
    tree = _rewrite(tree, t)
    _place_flatten(tree, inputs)
    for table in list(tree.find_all(exp.Table)):
        if table.name in t.sources and not table.db:
            table.set("this", raw(t.sources[table.name].sql))
    return str(tree.sql("duckdb", unsupported_level=sqlglot.ErrorLevel.IGNORE))


def _optimizer_error(text: str) -> Exception:
    if match := re.search(r"Column '?\"?([^'\"]+)\"?'? could not be resolved", text):
        return sql_error("invalid_identifier", match[1])
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
            typed = exp.Cast(this=node.copy(), to=sqlglot_type(t.binds[node.name.upper()].type))
            typed.meta["bound"] = True
            node.replace(typed)
        elif node.name.isdigit():  # $1 or t.$1: a column by its position, called C1 in what COPY reads
            position = exp.to_identifier(f"C{node.name}", quoted=True)
            if isinstance(node.parent, exp.Column):
                node.replace(position)
            else:
                node.replace(exp.Column(this=position))
        else:
            name = node.name.upper()
            if name not in t.runner.variables:
                raise sql_error("syntax", f"Session variable '${name}' does not exist")
            t.volatile = True
            value = t.runner.variables[name]
            node.replace(exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(str(value)))


def _resolve(tree: exp.Expression, t: Translation) -> None:
    """Each table becomes S0, S1 … with the alias by which its columns are named."""
    for node in list(tree.find_all(exp.Table)):
        if _is_cte(node):
            continue
        alias = node.alias or (node.name if isinstance(node.this, exp.Identifier) else "")
        quoted_alias = exp.to_identifier(_folded(node, alias), quoted=True) if alias else None
        target = t.targets.get(_folded(node, alias))
        if isinstance(node.this, exp.Anonymous):
            source = function_source(t, node.this, lambda n: _constant_text(n, t))
        else:
            source = target if target is not None and not node.meta.get("source") else source_of(t, node)
        key = t.add(source)
        columns = node.args["alias"].args.get("columns") if node.args.get("alias") else None
        node.set("this", exp.to_identifier(key, quoted=True))
        node.set("db", None)
        node.set("catalog", None)
        if quoted_alias is not None:
            node.set("alias", exp.TableAlias(this=quoted_alias, columns=columns))
    for node in list(tree.find_all(exp.TableFromRows)):
        if isinstance(node.this, exp.Explode):
            continue
        key = t.add(function_source(t, node.this, lambda n: _constant_text(n, t)))
        node.replace(exp.Table(this=exp.to_identifier(key, quoted=True), alias=node.args.get("alias")))
    for column in tree.find_all(exp.Column):
        if column.args.get("db") is not None:
            column.set("db", None)
            column.set("catalog", None)
    for values in tree.find_all(exp.Values):
        _name_values(values)


def _folded(node: exp.Table, alias: str) -> str:
    held = node.args["alias"].this if node.args.get("alias") else node.this
    return alias if isinstance(held, exp.Identifier) and held.quoted else alias.upper()


def _is_cte(node: exp.Table) -> bool:
    if node.args.get("db") is not None or not isinstance(node.this, exp.Identifier):
        return False
    name, at = node.name.upper(), node.parent
    while at is not None:
        with_ = at.args.get("with_") or at.args.get("with")
        if with_ is not None and any(cte.alias.upper() == name for cte in with_.expressions):
            return True
        at = at.parent
    return False


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


# -- FLATTEN ---------------------------------------------------------------------------------------------------------


def _flatten(tree: exp.Expression) -> dict[str, bool]:
    """LATERAL FLATTEN and TABLE(FLATTEN) become lateral subqueries with typed columns; their rows come later."""
    found: dict[str, bool] = {}
    for node in list(tree.find_all(exp.Lateral, exp.TableFromRows)):
        call = node.this
        if not isinstance(call, exp.Explode):
            if isinstance(node, exp.Lateral) and isinstance(call, exp.Subquery):
                continue
            raise unsupported(f"LATERAL {call.sql('snowflake')}")
        given = [call.this, *call.expressions]
        named = {a.this.name.upper(): a.expression for a in given if isinstance(a, exp.Kwarg)}
        value = named.pop("INPUT", None) or next((a for a in given if not isinstance(a, exp.Kwarg)), None)
        outer = named.pop("OUTER", None)
        if named or value is None:
            raise unsupported(f"FLATTEN with {', '.join(named) or 'no input'}")
        alias = node.alias.upper() or f"_FLATTEN{len(found)}"
        keeps = isinstance(outer, exp.Boolean) and bool(outer.this)
        columns = ", ".join(f'CAST(NULL AS {of}) AS "{name}"' for name, of in _FLATTEN)
        select = sqlglot.parse_one(f'SELECT NULL AS "__INPUT", {columns}', read="snowflake")
        select.expressions[0].set("this", value.copy())
        lateral = exp.Lateral(
            this=exp.Subquery(this=select), alias=exp.TableAlias(this=exp.to_identifier(alias, quoted=True))
        )
        lateral.meta["flatten"] = True
        node.replace(lateral)
        found[alias] = keeps
        join = lateral.parent
        if isinstance(join, exp.Join):
            join.set("kind", None if keeps else "CROSS")
            join.set("side", "LEFT" if keeps else None)
            join.set("on", exp.true() if keeps else None)
    for column in tree.find_all(exp.Column):
        if column.name.upper() == "SEQ" and column.table.upper() in found:
            raise unsupported("column SEQ of FLATTEN")
    return found


def _type_flattened(tree: exp.Expression, inputs: dict[str, bool]) -> None:
    """The annotation does not look into lateral subqueries: their columns say their type by a cast, until they are rewritten."""
    types = dict(_FLATTEN)
    for column in list(tree.find_all(exp.Column)):
        if column.table in inputs and column.name in types:
            cast = exp.Cast(this=column.copy(), to=exp.DataType.build(types[column.name], dialect="snowflake"))
            cast.meta["flattened"] = True
            column.replace(cast)


def _place_flatten(tree: exp.Expression, inputs: dict[str, bool]) -> None:
    for lateral in list(tree.find_all(exp.Lateral)):
        alias = lateral.alias
        if alias not in inputs or not isinstance(lateral.this, exp.Subquery):
            continue
        value = lateral.this.this.expressions[0].this.sql("duckdb")
        array = (
            f"SELECT NULL::VARCHAR AS k, i - 1 AS i, v, j FROM (SELECT unnest(l) AS v, generate_subscripts(l, 1) AS i, j "
            f"FROM (SELECT from_json(j, '[\"JSON\"]') AS l, j FROM (SELECT {value} AS j) WHERE json_type(j) = 'ARRAY'))"
        )
        object_ = (
            f"SELECT e.key, NULL, e.value, j FROM (SELECT unnest(list_sort(map_entries(from_json(j, '\"MAP(VARCHAR, JSON)\"')))) AS e, "
            f"j FROM (SELECT {value} AS j) WHERE json_type(j) = 'OBJECT')"
        )
        sql = (
            '(SELECT NULL::DECIMAL(38,0) AS "SEQ", k AS "KEY", coalesce(k, \'[\' || i || \']\') AS "PATH", '
            f'i AS "INDEX", coalesce(v, CAST(\'null\' AS JSON)) AS "VALUE", j AS "THIS" FROM ({array} UNION ALL {object_}))'
        )
        lateral.set("this", raw(sql))
        lateral.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))


# -- rules -----------------------------------------------------------------------------------------------------------


def _rewrite(tree: exp.Expression, t: Translation) -> exp.Expression:
    """Every node must have a rule (told before any is applied, so that messages show what was written); leaves first."""
    nodes = list(tree.walk(bfs=True))
    for node in nodes:
        _rule(node)
        check(node)
    for node in reversed(nodes):
        rule = _rule(node)
        before = kind(node)
        after = rule(node, t)
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
