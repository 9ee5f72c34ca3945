"""INSERT ALL and INSERT FIRST: the rows of one query into several tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from snowpipe_deploy.local.assignment import insert_text, pick
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import Query, compiled, translated
from snowpipe_deploy.local.query.translation import Source, Translation
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.local.statements._rows import counted, default_node, folded, is_default, written
from snowpipe_deploy.types import DataType

_ROWS = "_multi"  # the query's rows, computed once


@dataclass(frozen=True, slots=True)
class _Into:
    """One INTO: its table, and the engine's INSERT over the rows of the query."""

    table: Entry
    query: Query
    text: str


@dataclass(frozen=True, slots=True)
class _Insert:
    source: Query
    branches: tuple[_Into, ...]


def insert_all(runner: Runner, text: str, tree: exp.MultitableInserts) -> Answer:
    """Each branch in its order; the answer has the number of rows of each table."""
    made = compiled(runner, text, lambda t: _insert(t, tree))
    counts: dict[str, int] = {}
    with runner.changes():
        runner.write(
            f"CREATE OR REPLACE TEMP TABLE {_ROWS} AS {made.source.sql}", made.source.bound(runner.binds).values
        )
        for branch in made.branches:
            count = runner.write(branch.text, branch.query.bound(runner.binds).values, branch.table)
            word = f"number of rows inserted into {branch.table.name.last}"
            counts[word] = counts.get(word, 0) + count
        runner.consume(made.source.streams)
    return counted(*counts.items())


def _insert(t: Translation, tree: exp.MultitableInserts) -> _Insert:
    source = translated(tree.args["source"].copy(), t)
    described = source.exactly(t.runner.engine.describe(source.sql, source.values))
    if len({name.upper() for name, _ in described}) < len(described):
        raise unsupported("INSERT ALL of a query with two columns of one name")
    t.runner.engine.run(f"CREATE OR REPLACE TEMP TABLE {_ROWS} AS SELECT * FROM ({source.sql}) LIMIT 0", source.values)
    rows = Source(f"temp.{_ROWS}", tuple(described))
    conditions = _conditions(tree)
    return _Insert(source, tuple(
        _into(t, item.this, condition, rows) for item, condition in zip(tree.expressions, conditions, strict=True)
    ))  # fmt: skip


def _conditions(tree: exp.MultitableInserts) -> list[exp.Expression | None]:
    """When each INTO applies: as its WHEN says, and under FIRST no WHEN before; ELSE where no WHEN does. NULL counts as no."""
    first = tree.args.get("kind", "").upper() == "FIRST"
    found: list[exp.Expression | None] = []
    before: list[exp.Expression] = []
    current: exp.Expression | None = None
    for item in tree.expressions:
        said = item.args.get("expression")
        if item.args.get("else_"):
            current = _none_of(before)
        elif said is not None:
            current = exp.and_(exp.Paren(this=said.copy()), _none_of(before)) if first and before else said.copy()
            before.append(said)
        found.append(current)
    return found


def _none_of(conditions: Sequence[exp.Expression]) -> exp.Expression:
    return exp.and_(*(exp.Not(this=exp.Coalesce(this=one.copy(), expressions=[exp.false()])) for one in conditions))


def _into(t: Translation, into: exp.Insert, condition: exp.Expression | None, rows: Source) -> _Into:
    schema = into.this
    table = written(t, schema.this if isinstance(schema, exp.Schema) else schema, alias=False)
    columns = pick(table, [folded(item) for item in schema.expressions] if isinstance(schema, exp.Schema) else [])
    values = _values(into, rows)
    if len(values) != len(columns):
        raise sql_error("value_list", len(columns), len(values))
    select = exp.Select(expressions=[
        exp.alias_(default_node(table, column) if is_default(value) else value, f"C{i}", quoted=True)
        for i, (column, value) in enumerate(zip(columns, values, strict=True))
    ])  # fmt: skip
    select.set("from_", exp.From(this=exp.Table(this=exp.to_identifier(_ROWS.upper()))))
    if condition is not None:
        select.set("where", exp.Where(this=condition.copy()))
    inner = Translation(t.runner, t.binds, targets={_ROWS.upper(): rows})
    query = translated(select, inner)
    t.volatile |= inner.volatile
    if inner.streams:
        raise unsupported("a stream in a branch of INSERT ALL")
    kinds: list[DataType] = [kind for _, kind in t.runner.engine.describe(query.sql, query.values)]
    return _Into(table, query, insert_text(t, table, columns, query.sql, kinds))


def _values(into: exp.Insert, rows: Source) -> list[exp.Expression]:
    """What VALUES says, or the columns of the query in their order."""
    if into.expression is None:
        return [exp.column(exp.to_identifier(name, quoted=True)) for name, _ in rows.columns]
    if not isinstance(into.expression, exp.Values) or len(into.expression.expressions) != 1:
        raise sql_error("syntax", "INTO … VALUES takes one list of values")
    given = into.expression.expressions[0]
    return [one.copy() for one in (given.expressions if isinstance(given, exp.Tuple) else [given])]
