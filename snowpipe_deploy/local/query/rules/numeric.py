"""Numbers: division and averages keep Snowflake's fixed-point scale."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.fixed_point import quotient_scale
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
    if not kinds <= {"NUMBER", "FLOAT", "NULL"}:
        raise unsupported(f"a division whose types are not known: {node.sql('snowflake')!r}; add a cast")
    if "NULL" in kinds:
        return duck("CAST(NULL AS DECIMAL(38,6))")
    # DIV0 arrives as IFF(y = 0 …, 0, x / y), whose constants the engine would divide before it looks at y
    divisor = "nullif(CAST({1} AS DOUBLE), 0)" if _is_guarded(node) else "CAST({1} AS DOUBLE)"
    quotient = duck(f"CAST({{0}} AS DOUBLE) / {divisor}", left, right)
    return quotient if "FLOAT" in kinds else _fixed(quotient, quotient_scale(scale(left)))


def _is_guarded(node: exp.Expression) -> bool:
    """Does IFF(y = 0 …, 0, x / y) stand around it?"""
    outer = node.parent
    while isinstance(outer, exp.Paren):
        outer = outer.parent
    if not isinstance(outer, exp.If) or outer.args.get("false") is None or isinstance(outer.parent, exp.Case):
        return False
    zero = next(iter(outer.this.find_all(exp.EQ)), None)
    return zero is not None and isinstance(zero.expression, exp.Literal) and zero.expression.name == "0"


def average(node: exp.Expression, _: Translation) -> exp.Expression:
    """AVG of NUMBER is a NUMBER with six more digits. The rounding goes around a window, if there is one."""
    if kind(node.this) in {"FLOAT", "NULL"}:
        return node
    if kind(node.this) != "NUMBER":
        raise unsupported(f"AVG of {kind(node.this).lower()}: {node.sql('snowflake')!r}; add a cast")
    digits = quotient_scale(scale(node.this))
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
    if node.args.get("truncate") is not None:
        raise unsupported("ROUND with a rounding mode")
    if kind(node.this) not in {"NUMBER", "FLOAT", "NULL"}:
        raise unsupported(f"ROUND of {kind(node.this).lower()}")
    if kind(node.this) == "FLOAT" or node.args.get("decimals") is None:
        return node
    if not isinstance(node.args["decimals"], exp.Literal | exp.Neg):
        raise unsupported("ROUND to a computed number of digits")
    return node


def whole(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.args.get("decimals") is not None:
        raise unsupported(f"{node.key.upper()} to a number of digits")
    return node


RULES: Rules = {
    exp.Div: divide,
    exp.Avg: average,
    exp.Sum: total,
    exp.Round: rounded,
    exp.Abs: same,
    exp.Ceil: whole,
    exp.Floor: whole,
    exp.Sign: same,
    exp.Greatest: same,
    exp.Least: same,
}
