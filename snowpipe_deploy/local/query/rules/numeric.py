"""Numbers: division and averages keep Snowflake's fixed-point scale."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Rules, Translation, same

_EXACT = 10**15  # a double holds 15 decimal digits


def _fixed(value: exp.Expression, digits: int) -> exp.Expression:
    """A double rounded to a fixed scale; refused where the double no longer holds all its digits."""
    limit = _EXACT // 10**digits
    return duck(
        f"CASE WHEN abs({{0}}) >= {limit} THEN error('[[unsupported|a quotient of more than 15 digits]]') "
        f"ELSE CAST({{0}} AS DECIMAL(38,{digits})) END",
        value,
    )


def divide(node: exp.Expression, _: Translation) -> exp.Expression:
    """NUMBER / NUMBER is a NUMBER: scale max(s1, min(s1 + 6, 12)); x / 0 is an error (100051)."""
    left, right = node.this, node.expression
    kinds = {kind(left), kind(right)}
    if "JSON" in kinds or "UNKNOWN" in kinds:
        raise unsupported(f"a division whose types are not known: {node.sql('snowflake')!r}; add a cast")
    quotient = duck("CAST({0} AS DOUBLE) / CAST({1} AS DOUBLE)", left, right)
    if "FLOAT" in kinds:
        return quotient
    return _fixed(quotient, max(scale(left), min(scale(left) + 6, 12)))


def average(node: exp.Expression, _: Translation) -> exp.Expression:
    """AVG of NUMBER is a NUMBER with six more digits. The rounding goes around a window, if there is one."""
    if kind(node.this) in {"FLOAT", "NULL"}:
        return node
    if kind(node.this) != "NUMBER":
        raise unsupported(f"AVG of {kind(node.this).lower()}: {node.sql('snowflake')!r}; add a cast")
    digits = max(scale(node.this), min(scale(node.this) + 6, 12))
    parent = node.parent
    if isinstance(parent, exp.Window | exp.Filter):
        node.meta["digits"] = digits
        return node
    return _fixed(node.copy(), digits)


def total(node: exp.Expression, _: Translation) -> exp.Expression:
    if kind(node.this) in {"FLOAT", "NUMBER", "NULL"}:
        return node
    raise unsupported(f"SUM of {kind(node.this).lower()}: {node.sql('snowflake')!r}; add a cast")


def rounded(node: exp.Expression, _: Translation) -> exp.Expression:
    """ROUND(x [, n]) rounds halves away from zero, as DuckDB does for fixed point."""
    if kind(node.this) == "FLOAT" or node.args.get("decimals") is None:
        return node
    if not isinstance(node.args["decimals"], exp.Literal):
        raise unsupported("ROUND to a computed number of digits")
    return node


RULES: Rules = {
    exp.Div: divide,
    exp.Avg: average,
    exp.Sum: total,
    exp.Round: rounded,
    exp.Abs: same,
    exp.Ceil: same,
    exp.Floor: same,
    exp.Sign: same,
    exp.Greatest: same,
    exp.Least: same,
}
