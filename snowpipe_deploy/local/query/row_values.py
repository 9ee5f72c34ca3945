"""`(a, b) = (c, d)` and `(a, b) IN (…)`: the engine compares rows as values, in which NULL equals NULL."""

from sqlglot import exp

from snowpipe_deploy.local.errors import sql_error, unsupported

_ONLY_TRUE_COUNTS = (exp.Where, exp.Having, exp.Qualify, exp.Join)
_ORDERED = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Between)


def is_filter(node: exp.Expression) -> bool:
    """Does only TRUE matter there, so that NULL is as good as FALSE?"""
    at = node
    while isinstance(at.parent, exp.And | exp.Or | exp.Paren):
        at = at.parent
    return isinstance(at.parent, _ONLY_TRUE_COUNTS)


def expand(tree: exp.Expression) -> None:
    """Comparisons of rows as comparisons of their values, with the NULLs of those. Raises SqlError for those that cannot be."""
    for node in list(tree.find_all(exp.EQ, exp.NEQ, exp.In, *_ORDERED)):
        if isinstance(node, exp.In) and isinstance(node.this, exp.Tuple):
            node.replace(_among(node))
        elif isinstance(node, exp.EQ | exp.NEQ) and isinstance(node.this, exp.Tuple):
            node.replace(_compared(node.this, node.expression, type(node)))
        elif not isinstance(node, exp.In) and any(
            isinstance(side, exp.Tuple) for side in (node.this, node.args.get("expression"))
        ):
            raise unsupported(f"{node.sql('snowflake')[:60]!r}: a comparison of rows by another operator than = and IN")


def _compared(one: exp.Tuple, other: exp.Expression, by: type[exp.EQ | exp.NEQ] = exp.EQ) -> exp.Paren:
    """Equal where all values are, unequal where one is."""
    if not isinstance(other, exp.Tuple):
        raise unsupported(f"{other.sql('snowflake')[:60]!r} compared with a row")
    if len(one.expressions) != len(other.expressions):
        raise sql_error("syntax", f"rows of {len(one.expressions)} and {len(other.expressions)} values are compared")
    pairs = zip(one.expressions, other.expressions, strict=True)
    parts = [by(this=a.copy(), expression=b.copy()) for a, b in pairs]
    return exp.Paren(this=exp.and_(*parts) if by is exp.EQ else exp.or_(*parts))


def _among(node: exp.In) -> exp.Expression:
    if node.args.get("query") is None:
        return exp.Paren(this=exp.or_(*(_compared(node.this, item) for item in node.expressions)))
    if not is_filter(node):
        raise unsupported(
            f"{node.sql('snowflake')[:60]!r}: rows among those of a query, where NULL is not as good as FALSE"
        )
    present = [exp.Not(this=exp.Is(this=part.copy(), expression=exp.Null())) for part in node.this.expressions]
    return exp.Paren(this=exp.and_(*present, node.copy()))
