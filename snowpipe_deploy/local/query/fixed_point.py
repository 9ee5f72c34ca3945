"""Fixed-point types for sqlglot's annotation, which otherwise takes 1.5, quotients and averages for floats."""

from collections.abc import Callable
from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import bound_text, duck

Annotator = Callable[[Any, exp.Expression], exp.Expression]
Operands = Callable[[exp.Expression], list[Any]]
Metadata = dict[type[exp.Expression], dict[str, Any]]


def number(digits: int, precision: int = 38) -> exp.DataType:
    return exp.DataType.build(f"DECIMAL({precision}, {digits})", dialect="snowflake")


def quotient_scale(left: int) -> int:
    """Of NUMBER / NUMBER and of AVG: six digits more, but not beyond 12."""
    return max(left, min(left + 6, 12))


_EXACT = 10**15  # a double holds 15 decimal digits


def fixed(digits: int) -> str:
    """Engine SQL of a double rounded to a fixed scale; refused where the double no longer holds all its digits."""
    limit = _EXACT // 10**digits
    return (
        f"CASE WHEN abs({{0}}) >= {limit} THEN error('[[unsupported|a quotient of more than 15 digits]]') "
        f"ELSE CAST({{0}} AS DECIMAL(38,{digits})) END"
    )


def quotient(left: exp.Expression, right: exp.Expression, scales: tuple[int, int]) -> exp.Expression:
    """NUMBER / NUMBER, rounded to its scale: as floats where that is exact enough to round, else as whole numbers of 128 bits.

    A float is off by some 4e-16 of itself; counted in last digits that is less than 0.001 below 1e12, and rounds the right way unless
    it is that near to a half. One row in 500 takes the other way, which costs twelve times as much.
    """
    digits = quotient_scale(scales[0])
    counted = f"abs(CAST({{0}} AS DOUBLE) / CAST({{1}} AS DOUBLE) * 1e{digits})"
    over, under = (
        f"CAST(CAST({hole} AS DECIMAL(38,{scale})) * {10**scale} AS HUGEINT)"
        for hole, scale in zip(("{0}", "{1}"), scales, strict=True)
    )
    over = f"({over} * CAST('1{'0' * (digits + scales[1] - scales[0])}' AS HUGEINT))"
    whole = f"(2 * abs({over}) + abs({under})) // (2 * abs({under}))"
    signed = f"CAST(CASE WHEN ({over} < 0) <> ({under} < 0) THEN -({whole}) ELSE {whole} END AS DECIMAL(38,0))"
    return bound_text(
        f"CASE WHEN {counted} < 1e12 AND abs({counted} - floor({counted}) - 0.5) > 0.001 "
        f"THEN CAST(CAST({{0}} AS DOUBLE) / CAST({{1}} AS DOUBLE) AS DECIMAL(38,{digits})) "
        f"ELSE CAST({signed} * CAST('1e-{digits}' AS DECIMAL(38,{digits})) AS DECIMAL(38,{digits})) END",
        left, right,
    )  # fmt: skip


def _computed(scale_of: Callable[[exp.Expression], int], operands: Operands) -> Annotator:
    """FLOAT if an operand is, NUMBER of the scale that `scale_of` says if all are numbers, else sqlglot's own idea."""

    def annotator(self: Any, node: exp.Expression) -> exp.Expression:
        kinds = {kind(operand) for operand in operands(node) if isinstance(operand, exp.Expression)} - {"NULL"}
        if kinds == {"NUMBER"}:
            self._set_type(node, number(scale_of(node)))
        elif "FLOAT" in kinds and kinds <= {"NUMBER", "FLOAT"}:
            self._set_type(node, exp.DataType.build("DOUBLE"))
        else:
            own = _OWN.get(type(node), {})
            if "annotator" in own:
                return own["annotator"](self, node)
            self._set_type(node, own.get("returns"))
        return node

    return annotator


def _both(node: exp.Expression) -> list[Any]:
    return [node.this, node.expression]


def _one(node: exp.Expression) -> list[Any]:
    return [node.this]


def results(node: exp.Expression) -> list[Any]:
    """The expressions one of which is the answer."""
    match node:
        case exp.Case():
            return [branch.args.get("true") for branch in node.args["ifs"]] + [node.args.get("default")]
        case exp.If() | exp.Nvl2():
            return [node.args.get("true"), node.args.get("false")]
        case exp.Nullif():
            return [node.this]
        case exp.Lag() | exp.Lead():
            return [node.this, *([node.args["default"]] if node.args.get("default") is not None else [])]
        case _:
            return [node.this, *node.expressions]


def one_scale(values: list[exp.Expression]) -> list[exp.Expression]:
    """The values, cast to the scale of the widest if they are numbers of several (the engine would round some); else as they are."""
    numbers = [value for value in values if kind(value) != "NULL"]
    scales = {scale(value) for value in numbers}
    if len(scales) < 2 or {kind(value) for value in numbers} != {"NUMBER"}:
        return values
    return [duck(f"CAST({{0}} AS DECIMAL(38,{max(scales)}))", value) for value in values]


def _widest(node: exp.Expression) -> int:
    return max(scale(part) for part in results(node) if isinstance(part, exp.Expression) and kind(part) == "NUMBER")


def product_scale(node: exp.Expression) -> int:
    left, right = scale(node.this), scale(node.expression)
    return min(left + right, max(left, right, 12))


def _rounded(node: exp.Expression) -> int:
    digits = node.args.get("decimals")
    if digits is None:
        return 0
    return (
        max(0, min(scale(node.this), int(digits.sql())))
        if isinstance(digits, exp.Literal | exp.Neg)
        else scale(node.this)
    )


def _literal(self: Any, node: exp.Expression) -> exp.Expression:
    """1.5 is a NUMBER; only an exponent makes a number a FLOAT."""
    if node.args.get("is_string"):
        self._set_type(node, exp.DType.VARCHAR)
    elif "e" in node.name.lower():
        self._set_type(node, exp.DType.DOUBLE)
    else:
        self._set_type(node, number(len(node.name.partition(".")[2])))
    return node


_WHOLE_DAYS = frozenset({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY"})


def _moved(self: Any, node: exp.Expression) -> exp.Expression:
    """Sums and differences: DATE - DATE is a number of days, DATE + 1 a DATE, DATE + INTERVAL one if it is of whole days."""
    sides = [node.this, node.expression]
    kinds = {kind(side) for side in sides}
    times = kinds & {"DATE", "TIMESTAMP", "INSTANT", "TIME"}
    if not times:
        return _computed(_larger, _both)(self, node)
    interval = next((side for side in sides if isinstance(side, exp.Interval)), None)
    time = next(side for side in sides if kind(side) in times)
    if kinds == {"DATE"}:
        self._set_type(node, number(0))
    elif interval is not None and kind(time) == "DATE":
        unit = interval.args.get("unit")
        whole = unit is not None and unit.name.upper().removesuffix("S") in _WHOLE_DAYS
        self._set_type(node, exp.DataType.build("date" if whole else "timestamp_ntz", dialect="snowflake"))
    else:
        self._set_type(node, time.type)
    return node


_OWN = Dialect.get_or_raise("snowflake").EXPRESSION_METADATA


def _larger(node: exp.Expression) -> int:
    return max(scale(node.this), scale(node.expression))


def _numbers(scale_of: Callable[[exp.Expression], int], operands: Operands, *kinds: type[exp.Expression]) -> Metadata:
    return {kind: {"annotator": _computed(scale_of, operands)} for kind in kinds}


def _same_scale(node: exp.Expression) -> int:
    return scale(node.this)


def _six_more(node: exp.Expression) -> int:
    return quotient_scale(scale(node.this))


_VARIANT = {"returns": exp.DataType.Type.VARIANT}

METADATA = {
    **_OWN,
    exp.JSONExtract: _VARIANT,  # `v:a`, and `v['a']`: what is built on them knows that it has to be taken out of its JSON
    exp.GetExtract: _VARIANT,
    exp.Bracket: _VARIANT,
    exp.Literal: {"annotator": _literal},
    exp.Add: {"annotator": _moved},
    exp.Sub: {"annotator": _moved},
    **_numbers(_larger, _both, exp.Mod),
    **_numbers(product_scale, _both, exp.Mul),
    **_numbers(_six_more, _both, exp.Div),
    **_numbers(_six_more, _one, exp.Avg),
    **_numbers(_rounded, _one, exp.Round),
    **_numbers(lambda _: 0, _one, exp.Ceil, exp.Floor),
    **_numbers(
        _same_scale, _one, exp.Neg, exp.Paren, exp.Sum, exp.Abs, exp.Min, exp.Max, exp.AnyValue,
        exp.FirstValue, exp.LastValue, exp.NthValue,
    ),
    **_numbers(_widest, results, exp.Case, exp.If, exp.Nvl2, exp.Nullif, exp.Coalesce, exp.Greatest, exp.Least, exp.Lag, exp.Lead),
}  # fmt: skip
