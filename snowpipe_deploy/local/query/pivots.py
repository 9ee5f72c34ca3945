"""PIVOT and UNPIVOT, rewritten as what they mean: aggregates by CASE, and one branch a column."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.forms import folded

Rows = Callable[[exp.Select], list[object]]  # runs a query of one column


def expand(tree: exp.Expression, values_of: Rows) -> None:
    """Replaces relations that are turned; `values_of` is asked for the values of IN (ANY) and IN (SELECT …)."""
    for pivot in list(tree.find_all(exp.Pivot)):
        source = pivot.parent
        if source is not None:  # the others of the same relation went with the first
            _turn(source, values_of)


def _turn(source: exp.Expression, values_of: Rows) -> None:
    alias = source.args.get("alias")
    pivots = source.args["pivots"]
    bare = source.copy()
    bare.set("pivots", None)
    turned = bare
    for pivot in pivots:
        query = _unpivoted(turned, pivot) if pivot.args.get("unpivot") else _pivoted(turned, pivot, values_of)
        named = pivot.args.get("alias") or alias or _own_name(source)
        turned = exp.Subquery(this=query, alias=named.copy() if named is not None else None)
    for pivot in pivots:
        pivot.pop()
    source.replace(turned)


def _own_name(source: exp.Expression) -> exp.TableAlias | None:
    held = source.this if isinstance(source, exp.Table) else None
    return exp.TableAlias(this=held.copy()) if isinstance(held, exp.Identifier) else None


def _pivoted(source: exp.Expression, pivot: exp.Pivot, values_of: Rows) -> exp.Select:
    """The other columns are what is grouped by; a value has its column, called by its text unless by an alias."""
    if (
        len(pivot.expressions) != 1
        or len(pivot.args["fields"]) != 1
        or not isinstance(pivot.expressions[0], exp.AggFunc)
    ):
        raise unsupported("PIVOT with several aggregates or columns")
    aggregate, field = pivot.expressions[0], pivot.args["fields"][0]
    value = aggregate.this
    if not isinstance(value, exp.Column) or not isinstance(field.this, exp.Column):
        raise unsupported(f"PIVOT of an expression: {aggregate.sql('snowflake')!r}")
    select = exp.Select(expressions=[exp.Star(except_=[value.copy(), field.this.copy()])])
    for said, name in _values(source, field, values_of):
        chosen = aggregate.copy()
        chosen.set("this", exp.Case().when(exp.EQ(this=field.this.copy(), expression=said), value.copy()))
        default = pivot.args.get("default_on_null")
        filled = exp.Coalesce(this=chosen, expressions=[default.copy()]) if default else chosen
        select.append("expressions", exp.Alias(this=filled, alias=name))
    select.set("from_", exp.From(this=source.copy()))
    select.set("group", exp.Group(all=True))
    return select


def _values(source: exp.Expression, field: exp.In, values_of: Rows) -> list[tuple[exp.Expression, exp.Identifier]]:
    """The values of IN with the names of their columns."""
    found: list[tuple[exp.Expression, exp.Identifier]] = []
    for item in field.expressions:
        if isinstance(item, exp.PivotAny | exp.Query):
            found += [(one, _text_name(one)) for one in map(_literal, values_of(_asked(source, field, item)))]
        elif isinstance(item, exp.PivotAlias):
            found.append((item.this.copy(), item.args["alias"].copy()))
        else:
            found.append((item.copy(), _text_name(item)))
    return found


def _text_name(item: exp.Expression) -> exp.Identifier:
    if not isinstance(item, exp.Literal | exp.Neg | exp.Cast):
        raise unsupported(f"{item.sql('snowflake')!r} in the list of PIVOT")
    said = item.this if isinstance(item, exp.Cast) else item
    return exp.to_identifier(said.sql("snowflake"), quoted=True)


def _asked(source: exp.Expression, field: exp.In, item: exp.Expression) -> exp.Select:
    """The query of the values: each once, by what ANY is ordered by, or as the subquery gives them."""
    if isinstance(item, exp.Select):
        return item.copy()
    select = exp.Select(distinct=exp.Distinct(), expressions=[field.this.copy()])
    select.set("from_", exp.From(this=source.copy()))
    select.set("where", exp.Where(this=exp.Not(this=exp.Is(this=field.this.copy(), expression=exp.Null()))))
    order = item.this if isinstance(item.this, exp.Order) else None
    select.set("order", order.copy() if order else exp.Order(expressions=[exp.Ordered(this=exp.Literal.number(1))]))
    return select


def _literal(value: object) -> exp.Expression:
    match value:
        case bool():
            raise unsupported("PIVOT by the values of a BOOLEAN")
        case str():
            return exp.Literal.string(value)
        case int() | Decimal() if value >= 0:
            return exp.Literal.number(str(value))
        case date():
            return exp.Cast(this=exp.Literal.string(value.isoformat()), to=exp.DataType.build("date"))
        case _:
            raise unsupported(f"PIVOT by the value {value!r}")


def _unpivoted(source: exp.Expression, pivot: exp.Pivot) -> exp.Query:
    """A row for each of the columns: its name (in upper case unless quoted), then its value; NULLs only where they are included."""
    field = pivot.args["fields"][0]
    columns = [item.this if isinstance(item, exp.PivotAlias) else item for item in field.expressions]
    branches = []
    for item, column in zip(field.expressions, columns, strict=True):
        alias = item.args["alias"] if isinstance(item, exp.PivotAlias) else column.this
        said = alias.this if isinstance(alias, exp.Literal) else folded(alias)
        name = exp.Alias(this=exp.Literal.string(said), alias=field.this.copy())
        value = exp.Alias(this=column.copy(), alias=pivot.expressions[0].copy())
        select = exp.Select(expressions=[exp.Star(except_=[one.copy() for one in columns]), name, value])
        select.set("from_", exp.From(this=source.copy()))
        if not pivot.args.get("include_nulls"):
            select.set("where", exp.Where(this=exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null()))))
        branches.append(select)
    query: exp.Query = branches[0]
    for branch in branches[1:]:
        query = exp.Union(this=query, expression=branch, distinct=False)
    return query
