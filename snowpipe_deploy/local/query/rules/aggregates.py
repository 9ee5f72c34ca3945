"""Aggregates and window functions beyond SUM and AVG."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Rules, Translation, same


def collected(node: exp.Expression, _: Translation) -> exp.Expression:
    """ARRAY_AGG skips NULLs and is an empty array over nothing."""
    if isinstance(node.parent, exp.Window):
        raise unsupported("ARRAY_AGG as a window function")
    inner = node.this
    ordered = isinstance(node.parent, exp.WithinGroup)
    if ordered or isinstance(inner, exp.Order):
        raise unsupported("ARRAY_AGG with an order")
    return duck("CAST(to_json(coalesce(list({0}) FILTER ({0} IS NOT NULL), [])) AS JSON)", inner)


def extreme(node: exp.Expression, _: Translation) -> exp.Expression:
    if kind(node.this) == "JSON":
        raise unsupported(f"{node.sql('snowflake')!r} of a VARIANT without a cast")
    return node


RULES: Rules = {
    exp.Count: same,
    exp.CountIf: lambda node, _: duck("count(CASE WHEN {0} THEN 1 END)", node.this),
    exp.Min: extreme,
    exp.Max: extreme,
    exp.ArgMax: same,
    exp.ArgMin: same,
    exp.AnyValue: same,
    exp.ArrayAgg: collected,
    exp.RowNumber: same,
    exp.Rank: same,
    exp.DenseRank: same,
    exp.Lag: same,
    exp.Lead: same,
    exp.FirstValue: same,
    exp.LastValue: same,
    exp.WithinGroup: same,
    exp.LogicalOr: same,
    exp.LogicalAnd: same,
}
