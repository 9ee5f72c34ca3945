"""Numbers: division, averages and rounding keep Snowflake's fixed-point scale."""

from sqlglot import exp

from snowpipe_deploy.local.errors import raised, unsupported
from snowpipe_deploy.local.query.fixed_point import one_scale, product_scale, quotient, quotient_scale
from snowpipe_deploy.local.query.function import Function, Nodes, Special, either, of
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import around, duck, in_place
from snowpipe_deploy.local.query.translation import Rules, Translation

FLOAT, NUMBER, TEXT = "DOUBLE", "DECIMAL(38, 0)", "VARCHAR"


def divide(node: exp.Expression, _: Translation) -> exp.Expression:
    """NUMBER / NUMBER is a NUMBER: scale max(s1, min(s1 + 6, 12)); x / 0 is an error (100051)."""
    left, right = node.this, node.expression
    kinds = {kind(left), kind(right)}
    if not kinds <= {"NUMBER", "FLOAT", "NULL"}:
        raise unsupported(f"a division whose types are not known: {node.sql('snowflake')!r}; add a cast")
    if "NULL" in kinds:
        return duck("CAST(NULL AS DECIMAL(38,6))")
    if "FLOAT" in kinds:
        return duck("CAST({0} AS DOUBLE) / CAST({1} AS DOUBLE)", left, right)
    scales = scale(left), scale(right)
    return around(node, lambda outer: quotient(outer.this, outer.expression, scales))


def of_literals(node: exp.Expression) -> exp.Expression:
    """A sum, difference or product of literals alone is one of NUMBERs, not of the engine's 32 bits."""
    if all(isinstance(side, exp.Literal) and side.name.isdigit() for side in (node.this, node.expression)):
        return type(node)(this=duck("CAST({0} AS DECIMAL(38,0))", node.this), expression=node.expression.copy())
    return node


def multiply(node: exp.Expression, _: Translation) -> exp.Expression:
    """NUMBER * NUMBER: scale min(s1 + s2, max(s1, s2, 12)), of which the engine keeps s1 + s2."""
    left, right = node.this, node.expression
    if {kind(left), kind(right)} != {"NUMBER"} or product_scale(node) == scale(left) + scale(right):
        return of_literals(node)
    return duck(f"CAST({{0}} * {{1}} AS DECIMAL(38,{product_scale(node)}))", left, right)


def remainder(node: exp.Expression, _: Translation) -> exp.Expression:
    """The engine makes a float of the remainder of numbers of several scales."""
    left, right = one_scale([node.this, node.expression])
    return node if left is node.this else exp.Mod(this=left, expression=right)


def _guarded(zero: str) -> Function:
    """DIV0 and DIV0NULL: 0 instead of an error; `zero` says for which divisors."""
    guard = f"CASE WHEN {zero} THEN CASE WHEN {{0}} IS NOT NULL THEN 0 END ELSE {{2}} END"

    def number(left: exp.Expression, right: exp.Expression) -> exp.Expression:
        return duck(guard, left, right, quotient(left, duck("nullif({0}, 0)", right), (scale(left), scale(right))))

    def real(left: exp.Expression, right: exp.Expression) -> exp.Expression:
        return duck(guard, left, right, duck("CAST({0} AS DOUBLE) / nullif(CAST({1} AS DOUBLE), 0)", left, right))

    return either(
        of("kk", lambda given: f"DECIMAL(38, {quotient_scale(scale(given[0]))})", number), of("nn", FLOAT, real)
    )


def average(node: exp.Expression, _: Translation) -> exp.Expression:
    """AVG of NUMBER is a NUMBER with six more digits. The rounding goes around a window, if there is one."""
    if kind(node.this) in {"FLOAT", "NULL"}:
        return node
    if kind(node.this) != "NUMBER":
        raise unsupported(f"AVG of {kind(node.this).lower()}: {node.sql('snowflake')!r}; add a cast")
    digits = scale(node.this)

    def exact(outer: exp.Expression) -> exp.Expression:
        return quotient(in_place(outer, exp.Avg, exp.Sum), in_place(outer, exp.Avg, exp.Count), (digits, 0))

    return around(node, exact)


def total(node: exp.Expression, _: Translation) -> exp.Expression:
    if kind(node.this) in {"FLOAT", "NUMBER", "NULL"}:
        return node
    raise unsupported(f"SUM of {kind(node.this).lower()}: {node.sql('snowflake')!r}; add a cast")


# -- rounding --------------------------------------------------------------------------------------------------------


def _digits(given: Nodes) -> int:
    """How many digits are kept after the point (negative: before it)."""
    if len(given) == 1:
        return 0
    text = given[1].sql()
    if not text.lstrip("-").isdigit():
        raise unsupported(f"rounding to {text} digits")
    return int(text)


def _left(given: Nodes) -> str:
    return f"DECIMAL(38, {max(0, min(scale(given[0]), _digits(given)))})"


def cut(function: str) -> Function:
    """CEIL, FLOOR or TRUNC of a fixed-point number to a number of digits; all digits are kept where there are no more."""

    def made(*given: exp.Expression) -> exp.Expression:
        digits, has = _digits(list(given)), scale(given[0])
        if digits >= has and digits >= 0:
            return given[0]
        if digits < 0:
            step = 10**-digits
            return duck(
                f"CAST({function}(CAST({{0}} AS DECIMAL(38,{has})) * CAST('1e{digits}' AS DECIMAL(38,{-digits}))) AS DECIMAL(38,0)) * {step}",
                given[0],
            )
        shifted = f"CAST({function}(CAST({{0}} AS DECIMAL(38,{has})) * {10**digits}) AS DECIMAL(38,0))"
        return duck(f"CAST({shifted} * CAST('1e-{digits}' AS DECIMAL(38,{digits})) AS DECIMAL(38,{digits}))", given[0])

    return either(of("k", _left, made), of("kL", _left, made), of("d", FLOAT, f"{function}({{0}})"))


def _rounded(*given: exp.Expression) -> exp.Expression:
    """Halves away from zero, as DuckDB does for fixed point."""
    digits = _digits(list(given))
    out = duck(f"round({{0}}, {digits})", given[0])
    return duck(f"CAST({{0}} AS DECIMAL(38,{max(0, min(scale(given[0]), digits))}))", out)


def _rounded_float(*given: exp.Expression) -> exp.Expression:
    return duck(f"round({{0}}, {_digits(list(given))})", given[0])


def _mode(*given: exp.Expression) -> exp.Expression:
    if given[2].name.upper() != "HALF_AWAY_FROM_ZERO":
        raise unsupported(f"ROUND with the mode {given[2].name}")
    return _rounded(*given[:2])


# -- floating point ----------------------------------------------------------------------------------------------------


def _real(sql: str, bad: str = "", name: str = "") -> Function:
    """A function of floating-point numbers; `bad` says of which it has no value."""
    if not bad:
        return of("f", FLOAT, sql)
    error = raised("floating_point", f"'{name}(' || {{0}} || ')'")
    return of("f", FLOAT, f"CASE WHEN {bad} THEN {error} ELSE {sql} END")


def _logarithm(base: exp.Expression, value: exp.Expression) -> exp.Expression:
    error = raised("floating_point", "'log(' || {0} || ', ' || {1} || ')'")
    return duck(
        f"CASE WHEN {{0}} <= 0 OR {{0}} = 1 OR {{1}} <= 0 THEN {error} WHEN {{0}} = 10 THEN log10({{1}}) "
        "WHEN {0} = 2 THEN log2({1}) ELSE ln({1}) / ln({0}) END",
        base, value,
    )  # fmt: skip


_POWER_ERROR = raised("floating_point", "'pow(' || {0} || ', ' || {1} || ')'")
_POWER = f"CASE WHEN ({{0}} < 0 AND {{1}} <> floor({{1}})) OR ({{0}} = 0 AND {{1}} < 0) THEN {_POWER_ERROR} ELSE pow({{0}}, {{1}}) END"
_CUBE_ROOT = "CASE WHEN pow(round(cbrt({0})), 3) = {0} THEN round(cbrt({0})) ELSE cbrt({0}) END"
_BUCKET = (
    "CASE WHEN {3} < 1 OR {1} >= {2} THEN "
    + raised("unsupported", "'WIDTH_BUCKET without buckets'")
    + " WHEN {0} < {1} THEN 0 WHEN {0} >= {2} THEN {3} + 1 "
    "ELSE CAST(floor(CAST(({0} - {1}) * {3} AS DOUBLE) / CAST({2} - {1} AS DOUBLE)) AS BIGINT) + 1 END"
)
_NOT_SHIFTED = raised("unsupported", "'a shift of a negative number, or by more than 62 bits'")
_SHIFT = f"CASE WHEN {{0}} < 0 OR {{1}} < 0 OR {{1}} > 62 THEN {_NOT_SHIFTED} ELSE "


def _uniform(low: exp.Expression, high: exp.Expression, given: exp.Expression) -> exp.Expression:
    """A whole number between the two that the generator's number chooses; the same for the same."""
    if not all(bound.sql().lstrip("-").isdigit() for bound in (low, high)):
        raise unsupported("UNIFORM between other than whole numbers")
    width = "({1} - {0} + 1)"
    return duck(f"{{0}} + CAST((({{2}} % {width}) + {width}) % {width} AS DECIMAL(38,0))", low, high, given)


def _nulls_ignored(function: str) -> Function:
    """GREATEST or LEAST of those that are not NULL, as DuckDB's."""
    widest = lambda given: f"DECIMAL(38, {max(scale(each) for each in given)})"  # noqa: E731

    def made(*given: exp.Expression) -> exp.Expression:
        holes = ", ".join(f"{{{i}}}" for i in range(len(given)))
        return duck(f"{function}({holes})", *one_scale(list(given)))

    return either(
        of("k+", widest, made),
        of("f+", FLOAT, made),
        of("s+", "0", made),
        of("D+", "0", made),
        of("T+", "0", made),
        of("I+", "0", made),
    )


def _random(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.expressions:
        raise unsupported("RANDOM with a seed")
    return duck("CAST(hash(uuid()) AS DECIMAL(38,0)) - 9223372036854775808")


RULES: Rules = {
    exp.Div: divide,
    exp.Avg: average,
    exp.Sum: total,
    exp.Mul: multiply,
    exp.Mod: remainder,
    "GREATEST_IGNORE_NULLS": _nulls_ignored("greatest"),
    "LEAST_IGNORE_NULLS": _nulls_ignored("least"),
    "DIV0": _guarded("{1} = 0"),
    "DIV0NULL": _guarded("coalesce({1}, 0) = 0"),
    "ZEROIFNULL": of("n", "0", "coalesce({0}, 0)"),
    "NULLIFZERO": of("n", "0", "nullif({0}, 0)"),
    "ABS": of("n", "0", "abs({0})"),
    "SIGN": of("k", NUMBER, "sign({0})"),
    "CEIL": cut("ceil"),
    "FLOOR": cut("floor"),
    "ROUND": either(
        of("k", _left, _rounded), of("kL", _left, _rounded), of("kLL", _left, _mode), of("d", FLOAT, _rounded_float),
        of("dL", FLOAT, _rounded_float),
    ),
    "SQRT": _real("sqrt({0})", "{0} < 0", "sqrt"),
    "CBRT": _real(_CUBE_ROOT),
    "EXP": _real("exp({0})"),
    "LN": _real("ln({0})", "{0} <= 0", "ln"),
    "LOG": of("ff", FLOAT, _logarithm),
    "POWER": of("ff", FLOAT, _POWER),
    "SQUARE": _real("{0} * {0}"),
    "PI": of("", FLOAT, "pi()"),
    "SIN": _real("sin({0})"),
    "COS": _real("cos({0})"),
    "TAN": _real("tan({0})"),
    "COT": _real("cot({0})", "{0} = 0", "cot"),
    "ASIN": _real("asin({0})", "abs({0}) > 1", "asin"),
    "ACOS": _real("acos({0})", "abs({0}) > 1", "acos"),
    "ATAN": _real("atan({0})"),
    "ATAN2": of("ff", FLOAT, "atan2({0}, {1})"),
    "SINH": _real("sinh({0})"),
    "COSH": _real("cosh({0})"),
    "TANH": _real("tanh({0})"),
    "ASINH": _real("asinh({0})"),
    "ACOSH": _real("acosh({0})", "{0} < 1", "acosh"),
    "ATANH": _real("atanh({0})", "abs({0}) >= 1", "atanh"),
    "DEGREES": _real("degrees({0})"),
    "RADIANS": _real("radians({0})"),
    "FACTORIAL": of("i", NUMBER, "factorial(CAST({0} AS INTEGER))"),
    "WIDTH_BUCKET": of("kkki", NUMBER, _BUCKET),
    "BITAND": of("ii", NUMBER, "{0} & {1}"),
    "BITOR": of("ii", NUMBER, "{0} | {1}"),
    "BITXOR": of("ii", NUMBER, "xor({0}, {1})"),
    "BITNOT": of("i", NUMBER, "~{0}"),
    "BITSHIFTLEFT": of("ii", NUMBER, _SHIFT + "{0} << {1} END"),
    "BITSHIFTRIGHT": of("ii", NUMBER, _SHIFT + "{0} >> {1} END"),
    "GETBIT": of("ii", NUMBER, _SHIFT + "({0} >> {1}) & 1 END"),
    "RANDOM": Special(_random, NUMBER),
    "UNIFORM": of("LLk", NUMBER, _uniform),
}  # fmt: skip
for _name, _alias in (
    ("CEIL", "CEILING"), ("POWER", "POW"), ("BITAND", "BIT_AND"), ("BITOR", "BIT_OR"), ("BITXOR", "BIT_XOR"),
    ("BITNOT", "BIT_NOT"), ("BITSHIFTLEFT", "BIT_SHIFTLEFT"), ("BITSHIFTRIGHT", "BIT_SHIFTRIGHT"),
):  # fmt: skip
    RULES[_alias] = RULES[_name]
