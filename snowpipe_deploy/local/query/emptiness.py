"""Whether a query certainly has no rows while the streams that it reads have none.

A run of a pipeline reads all of its streams, and mostly one or two of them have data. To know the rest beforehand is to leave
out the most expensive statements. What is not certain is not claimed.
"""

from collections.abc import Mapping

from sqlglot import exp

_KEEPS_OTHERS = frozenset({"RIGHT", "FULL"})
_SETS = (exp.Tuple, exp.Rollup, exp.Cube, exp.GroupingSets)  # with the set of nothing, which is a group of its own
_COUNTS = (
    exp.AggFunc,
    exp.Anonymous,
)  # an aggregate without GROUP BY gives a row of nothing; an unknown function may be one


def has_none(node: exp.Expression | None, empty: Mapping[str, bool]) -> bool:
    """Has the query (or what stands in FROM) no rows? `empty` says so of tables and of CTEs, by upper-case name."""
    if node is None or (node.args.get("joins") and not isinstance(node, exp.Select)):
        return False
    with_ = node.args.get("with_")
    if with_ is not None:
        if with_.args.get("recursive"):
            return False
        for cte in with_.expressions:
            empty = {**empty, cte.alias.upper(): has_none(cte.this, empty)}
    if isinstance(node, exp.Union):
        return has_none(node.this, empty) and has_none(node.expression, empty)
    if isinstance(node, exp.Subquery):
        return not node.args.get("pivots") and has_none(node.this, empty)
    if isinstance(node, exp.Table):
        return not node.args.get("pivots") and not node.args.get("db") and empty.get(node.name.upper(), False)
    return isinstance(node, exp.Select) and _selects_none(node, empty)


def _selects_none(select: exp.Select, empty: Mapping[str, bool]) -> bool:
    from_ = select.args.get("from_")
    joins = select.args.get("joins") or []
    if from_ is None or not _stays_empty(select):
        return False
    if _joins_none(from_.this, joins, empty):
        return True
    where = select.args.get("where")
    conditions = [] if where is None else where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    return any(_is_never(condition, empty) for condition in conditions)


def _stays_empty(select: exp.Select) -> bool:
    """Does no row come of no rows?"""
    group = select.args.get("group")
    if group is not None:
        plain = not any(value for word, value in group.args.items() if word != "expressions")
        return plain and bool(group.expressions) and not any(item.find(*_SETS) for item in group.expressions)
    clauses = [*select.expressions, *(select.args.get(word) for word in ("having", "qualify", "order"))]
    return not any(clause.find(*_COUNTS) for clause in clauses if clause is not None)


def _joins_none(first: exp.Expression, joins: list[exp.Join], empty: Mapping[str, bool]) -> bool:
    if any(join.side in _KEEPS_OTHERS for join in joins):
        return False
    return has_none(first, empty) or any(
        not join.side and join.kind in {"", "INNER", "CROSS"} and has_none(join.this, empty) for join in joins
    )


def _is_never(condition: exp.Expression, empty: Mapping[str, bool]) -> bool:
    """EXISTS or IN of a subquery without rows."""
    if isinstance(condition, exp.Exists):
        return has_none(condition.this, empty)
    return isinstance(condition, exp.In) and has_none(condition.args.get("query"), empty)
