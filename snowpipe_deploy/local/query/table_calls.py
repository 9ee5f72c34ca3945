"""Calls of table functions that a schema holds: `TABLE(f(…))`, also for the rows of a relation.

One in SQL becomes a part of the query. One in Python is called when the query is translated: what stands in FROM then is its rows, or, of
`FROM t, TABLE(f(t.a) OVER (PARTITION BY t.k ORDER BY t.o))`, those of the relation and the function in one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from snowpipe_deploy.local import python
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query import routines
from snowpipe_deploy.local.query.forms import folded
from snowpipe_deploy.local.query.sources import holding
from snowpipe_deploy.local.query.translation import Source, Translation
from snowpipe_deploy.types import DataType

Columns = tuple[tuple[str, DataType], ...]
Rows = Sequence[tuple[object, ...]]
Ask = Callable[[exp.Select], tuple[Columns, Rows]]  # the rows of a query, with the names and types of its columns


@dataclass(frozen=True, slots=True)
class _Call:
    """A call, the node that stands in FROM for it, and what OVER says."""

    node: exp.Expression
    entry: Entry
    arguments: tuple[exp.Expression, ...]
    over: exp.Window | None

    @property
    def alias(self) -> exp.TableAlias | None:
        found: exp.TableAlias | None = self.node.args.get("alias")
        return found

    @property
    def partition(self) -> list[exp.Expression]:
        return list(self.over.args.get("partition_by") or ()) if self.over is not None else []

    @property
    def order(self) -> exp.Order | None:
        return self.over.args.get("order") if self.over is not None else None

    @property
    def takes_columns(self) -> bool:
        parts = [*self.arguments, *self.partition, *([self.order] if self.order is not None else [])]
        return any(part.find(exp.Column) for part in parts)

    @property
    def what(self) -> str:
        return f"table function {self.entry.name} of columns"


def expand(tree: exp.Expression, t: Translation, parse: routines.Parse, ask: Ask) -> None:
    """Puts what is read in the place of all calls."""
    calls = [node for node in tree.find_all(exp.TableFromRows, exp.Table) if isinstance(_called(node), exp.Anonymous)]
    for node in reversed(calls):  # inner queries first
        called = _called(node)
        if routines.table_function(t.runner, called) is not None:
            t.calls = True
            _expand(_read(node, called, t, parse), t, parse, ask)


def _called(node: exp.Expression) -> exp.Expression:
    """`f(…)` of `TABLE(db.schema.f(…) OVER (…))`."""
    outer = node.this.this if isinstance(node.this, exp.Window) else node.this
    return outer.expression if isinstance(outer, exp.Dot) else outer


def _read(node: exp.Expression, called: exp.Anonymous, t: Translation, parse: routines.Parse) -> _Call:
    entry, values = routines.chosen(t.runner, routines.named(called)[1], called.expressions, parse)
    if not str(entry.properties["returns"]).startswith("TABLE"):
        raise sql_error("argument_types", f"{entry.name.last} is no table function")
    over = node.this if isinstance(node.this, exp.Window) else None
    around = node.parent if isinstance(node.parent, exp.Lateral) else node
    return _Call(around, entry, tuple(routines.typed_arguments(entry, values)), over)


def _expand(call: _Call, t: Translation, parse: routines.Parse, ask: Ask) -> None:
    if call.entry.properties["language"] == "SQL":
        if call.over is not None:
            raise unsupported(f"table function {call.entry.name}, which is in SQL, with OVER")
        query = exp.Subquery(this=routines.rows_in_sql(call.entry, call.arguments, parse, t.runner), alias=call.alias)
        call.node.replace(_lateral(query) if call.takes_columns else query)
        return
    t.volatile = True  # rows of this call
    if call.entry.properties.get("strict"):
        raise unsupported(f"table function {call.entry.name} with RETURNS NULL ON NULL INPUT")
    if call.takes_columns:
        _beside_relation(call, t, ask)
    else:
        given = _asked(call.arguments)
        handler = python.table_handler(call.entry)
        rows = python.rows(call.entry, handler, ask(given)[1] if call.arguments else [()])
        held = holding(t.runner, python.table_columns(call.entry), [row for _, row in rows])
        call.node.replace(_given(held, call.alias))


def _lateral(query: exp.Subquery) -> exp.Lateral:
    """A subquery that names what stands before it."""
    alias = query.args.get("alias")
    query.set("alias", None)
    return exp.Lateral(this=query, view=False, outer=False, alias=alias)


def _given(rows: Source, alias: exp.TableAlias | None) -> exp.Table:
    made = exp.Table(this=exp.to_identifier(rows.sql.rpartition(".")[2].strip(")"), quoted=True), alias=alias)
    made.meta["given"] = rows
    return made


# -- a function in Python behind a relation ----------------------------------------------------------------------------------


def _beside_relation(call: _Call, t: Translation, ask: Ask) -> None:
    select = _select(call)
    relation = select.args["from_"].this
    columns, rows = ask(_with_arguments(call, select))
    width = len(columns) - len(call.arguments) - len(call.partition)
    left, right = columns[:width], _named(call)
    if both := {name for name, _ in left} & {name for name, _ in right}:
        raise unsupported(
            f"{min(both)} both of the relation and of table function {call.entry.name}: give it other names, TABLE(…) AS x(…)"
        )
    held = holding(t.runner, left + right, list(_rows(call, left, rows)))
    name = _alias(relation) or exp.to_identifier("__RELATION", quoted=True)
    _qualify(call, select, name, left, right)
    select.set("from_", exp.From(this=_given(held, exp.TableAlias(this=name.copy()))))
    select.set("joins", None)


def _select(call: _Call) -> exp.Select:
    """The query in which the call stands behind one relation."""
    join = call.node.parent
    select = join.parent if isinstance(join, exp.Join) else None
    if (
        not isinstance(join, exp.Join)
        or not isinstance(select, exp.Select)
        or len(select.args["joins"]) > 1
        or select.args.get("laterals")
    ):
        raise unsupported(f"{call.what} that does not stand behind one relation: join the others in a subquery")
    if any(join.args.get(word) for word in ("on", "using", "side", "method")) or join.kind not in {
        "",
        "CROSS",
        "INNER",
    }:
        raise unsupported(f"{call.what} in a join with conditions")
    return select


def _asked(values: Sequence[exp.Expression]) -> exp.Select:
    return exp.Select(
        expressions=[exp.alias_(value.copy(), f"__ARG{i}", quoted=True) for i, value in enumerate(values)]
    )


def _with_arguments(call: _Call, select: exp.Select) -> exp.Select:
    """The relation with the arguments and what it is partitioned by, in the order in which rows are handed over."""
    query = _asked([*call.arguments, *call.partition])
    query.expressions.insert(0, exp.Star())
    query.set("from_", select.args["from_"].copy())
    if call.order is not None:
        query.set("order", call.order.copy())
    if (with_ := _around(select)) is not None:
        query.set("with_", with_)
    return query


def _around(select: exp.Select) -> exp.With | None:
    """What WITH defines in the query and around it."""
    found: list[exp.Expression] = []
    at: exp.Expression | None = select
    while at is not None:
        if (with_ := at.args.get("with_")) is not None:
            found = [cte.copy() for cte in with_.expressions] + found
        at = at.parent
    return exp.With(expressions=found) if found else None


def _named(call: _Call) -> Columns:
    columns = python.table_columns(call.entry)
    names = (call.alias.args.get("columns") or []) if call.alias is not None else []
    if not names:
        return columns
    if len(names) != len(columns):
        raise unsupported(f"{len(names)} names for {len(columns)} columns of {call.entry.name}")
    return tuple((folded(name), of) for name, (_, of) in zip(names, columns, strict=True))


def _rows(call: _Call, left: Columns, rows: Rows) -> Iterator[tuple[object, ...]]:
    """Each row that `process` gives beside the one that it was given; those of `end_partition` beside what the partition has in common."""
    handler = python.table_handler(call.entry)
    if call.over is None and hasattr(handler, "end_partition"):
        raise unsupported(f"{call.entry.name}, which has end_partition, without OVER (PARTITION BY …)")
    width, count = len(left), len(call.arguments)
    partitions: dict[object, list[tuple[object, ...]]] = {}
    for number, row in enumerate(rows):  # without OVER nothing holds for more than a row (reference E.8)
        partitions.setdefault(number if call.over is None else repr(row[width + count :]), []).append(row)
    keys = [_place(value, left) for value in call.partition]
    for some in partitions.values():
        common: list[object] = [None] * width
        for at, value in zip(keys, some[0][width + count :], strict=True):
            if at is not None:
                common[at] = value
        for at_row, found in python.rows(call.entry, handler, [row[width : width + count] for row in some]):
            yield (*(common if at_row is None else some[at_row][:width]), *found)


def _place(value: exp.Expression, left: Columns) -> int | None:
    """Which column of the relation it is."""
    if not isinstance(value, exp.Column):
        return None
    return next((i for i, (name, _) in enumerate(left) if name == folded(value.this)), None)


def _alias(relation: exp.Expression) -> exp.Identifier | None:
    held = relation.args.get("alias")
    if held is not None and held.this is not None:
        return held.this
    return relation.this if isinstance(relation, exp.Table) and isinstance(relation.this, exp.Identifier) else None


def _qualify(call: _Call, select: exp.Select, name: exp.Identifier, left: Columns, right: Columns) -> None:
    """Columns of relation and function are those of one relation now, called as the first one was."""
    own = folded(call.alias.this) if call.alias is not None and call.alias.this is not None else None
    of = {folded(name): left, own: right}
    items: list[exp.Expression] = []
    for item in select.expressions:
        if isinstance(item, exp.Column) and item.is_star and folded(item.args["table"]) in of:
            if item.this.args.get("except_") or item.this.args.get("replace") or item.this.args.get("rename"):
                raise unsupported(f"{item.sql('snowflake')!r} beside a table function of columns")
            columns = of[folded(item.args["table"])]
            items += [exp.Column(this=exp.to_identifier(one, quoted=True), table=name.copy()) for one, _ in columns]
        else:
            items.append(item)
    select.set("expressions", items)
    for column in select.find_all(exp.Column):
        if own is not None and column.table and folded(column.args["table"]) == own:
            column.set("table", name.copy())
