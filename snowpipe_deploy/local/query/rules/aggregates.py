"""Aggregates and window functions beyond SUM and AVG."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.fixed_point import fixed, quotient, quotient_scale
from snowpipe_deploy.local.query.function import Function, Nodes, Special, aggregate, either
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import around, duck
from snowpipe_deploy.local.query.translation import Rule, Rules, Translation, same
from snowpipe_deploy.local.query.values import as_json, as_text

FLOAT, NUMBER, BOOLEAN, ARRAY, TEXT = "DOUBLE", "DECIMAL(38, 0)", "BOOLEAN", "ARRAY", "VARCHAR"


def extreme(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.expressions:
        raise unsupported(f"function {node.key.upper()} with several arguments: {node.sql('snowflake')!r}")
    if kind(node.this) == "JSON":
        raise unsupported(f"{node.sql('snowflake')!r} of a VARIANT without a cast")
    return node


def counted(node: exp.Expression, _: Translation) -> exp.Expression:
    if isinstance(node.this, exp.Column) and isinstance(node.this.this, exp.Star):
        raise unsupported(f"COUNT of the rows without NULL: {node.sql('snowflake')!r}")
    if node.this is None or (node.expressions and not isinstance(node.this, exp.Distinct)):
        raise unsupported(f"function COUNT with other than one argument: {node.sql('snowflake')!r}")
    return node


# -- lists -------------------------------------------------------------------------------------------------------------


def _parts(node: exp.Expression, count: int) -> tuple[Nodes, bool, str, Nodes]:
    """Of an aggregate: its arguments (at most `count`), whether they are DISTINCT, and engine SQL of the order with its values."""
    given = list(node.expressions)
    order = given.pop().expressions if given and isinstance(given[-1], exp.Order) else []
    distinct = bool(given) and isinstance(given[0], exp.Distinct)
    if distinct:
        given = [*given[0].expressions, *given[1:]]
    if not 1 <= len(given) <= count:
        raise unsupported(f"function {node.name.upper()} with {len(given)} arguments")
    if any(kind(each) == "JSON" for each in order):
        raise unsupported(f"{node.name.upper()} ordered by a VARIANT without a cast: write it with ::<type>")
    if order and isinstance(node.parent, exp.Window) and node.parent.args.get("order"):
        raise unsupported(f"{node.name.upper()} with two orders")
    words = ", ".join(
        f"{{{i}}} {'DESC' if each.args.get('desc') else 'ASC'} NULLS {'FIRST' if each.args.get('nulls_first') else 'LAST'}"
        for i, each in enumerate(order, len(given))
    )
    return given, distinct, f" ORDER BY {words}" if words else "", [each.this for each in order]


def collected(node: exp.Expression, _: Translation) -> exp.Expression:
    """ARRAY_AGG skips NULLs and is an empty array over nothing."""
    (value,), distinct, order, by = _parts(node, 1)
    if distinct and order and [each.sql() for each in by] != [value.sql()]:
        raise unsupported("ARRAY_AGG(DISTINCT …) in the order of something else")
    if distinct and order and kind(value) == "NUMBER":
        return _collected_numbers(value, "DESC" if " DESC " in order else "ASC")
    if distinct and order and kind(value) != "TEXT":
        raise unsupported("ARRAY_AGG(DISTINCT …) of other than text and numbers with an order")
    by = [as_json(each) for each in by] if distinct else by
    listed = f"list({'DISTINCT ' if distinct else ''}{{0}}{order}) FILTER (WHERE {{0}} IS NOT NULL)"
    return around(duck(listed, as_json(value), *by), "CAST(to_json(coalesce({0}, [])) AS JSON)")


def _collected_numbers(value: exp.Expression, order: str) -> exp.Expression:
    """In the order of the numbers, which is not that of their texts."""
    digits = "CAST(__each AS VARCHAR)" if not scale(value) else "regexp_replace(CAST(__each AS VARCHAR), '[.]?0+$', '')"
    numbers = f"list_sort(coalesce({{0}}, []), '{order}')"
    listed = duck("list(DISTINCT {0}) FILTER (WHERE {0} IS NOT NULL)", value)
    return around(listed, f"CAST(to_json(list_transform({numbers}, lambda __each: CAST({digits} AS JSON))) AS JSON)")


def joined(node: exp.Expression, _: Translation) -> exp.Expression:
    """LISTAGG skips NULLs and is an empty text over nothing."""
    (value, *rest), distinct, order, by = _parts(node, 2)
    if rest and not isinstance(rest[0], exp.Literal):
        raise unsupported("LISTAGG with a delimiter that is no literal")
    if distinct and order and [each.sql() for each in by] != [value.sql()]:
        raise unsupported("LISTAGG(DISTINCT …) in the order of something else")
    if distinct and order and kind(value) != "TEXT":
        raise unsupported("LISTAGG(DISTINCT …) of other than text in an order: it would be that of the texts")
    delimiter = rest[0].sql("duckdb").replace("{", "{{").replace("}", "}}") if rest else "''"
    order = order.replace("{2}", "{1}").replace("{3}", "{2}") if len(rest) and len(by) < 3 else order
    if len(by) > 2:
        raise unsupported("LISTAGG in the order of more than two values")
    sql = f"string_agg({'DISTINCT ' if distinct else ''}{{0}}, {delimiter}{order})"
    return around(duck(sql, as_text(value), *(as_text(each) if distinct else each for each in by)), "coalesce({0}, '')")


def gathered(node: exp.Expression, _: Translation) -> exp.Expression:
    """OBJECT_AGG leaves out pairs with a NULL; a key that comes twice is an error."""
    if len(node.expressions) != 2 or kind(node.expressions[0]) not in {"TEXT", "NULL"}:
        raise unsupported("OBJECT_AGG of other than a text and a value")
    key, value = node.expressions[0], as_json(node.expressions[1])
    listed = "list(struct_pack(key := {0}, value := {1})) FILTER (WHERE {0} IS NOT NULL AND {1} IS NOT NULL)"
    return around(duck(listed, key, value), "CAST(to_json(map_from_entries(list_sort(coalesce({0}, [])))) AS JSON)")


# -- the middle ----------------------------------------------------------------------------------------------------------


def _ordered(node: exp.Expression) -> exp.Expression:
    """What WITHIN GROUP orders by: one ascending number."""
    last = node.expressions[-1] if node.expressions else None
    if not isinstance(last, exp.Order) or len(last.expressions) != 1 or len(node.expressions) != 2:
        raise unsupported(f"{node.name.upper()} without WITHIN GROUP (ORDER BY one value)")
    one = last.expressions[0]
    if one.args.get("desc"):
        raise unsupported(f"{node.name.upper()} in descending order")
    return one.this if isinstance(one, exp.Ordered) else one


def _share(node: exp.Expression) -> str:
    share = node.expressions[0]
    if not isinstance(share, exp.Literal) or share.is_string or not 0 <= float(share.name) <= 1:
        raise unsupported(f"{node.name.upper()} of other than a number from 0 to 1")
    return str(share.name)


def _middle(value: exp.Expression) -> str:
    """Three digits more than the values have."""
    return f"DECIMAL(38, {scale(value) + 3})" if kind(value) == "NUMBER" else FLOAT


def percentile(node: exp.Expression, _: Translation) -> exp.Expression:
    """PERCENTILE_CONT, interpolated."""
    value = _ordered(node)
    if kind(value) not in {"NUMBER", "FLOAT"}:
        raise unsupported(f"PERCENTILE_CONT of {kind(value).lower()}")
    out = duck(f"quantile_cont(CAST({{0}} AS DOUBLE), {_share(node)})", value)
    return around(out, fixed(scale(value) + 3)) if kind(value) == "NUMBER" else out


def percentile_of_all(node: exp.Expression, _: Translation) -> exp.Expression:
    """PERCENTILE_DISC, one of the values."""
    value = _ordered(node)
    if kind(value) not in {"NUMBER", "FLOAT", "DATE", "TIMESTAMP"}:
        raise unsupported(f"PERCENTILE_DISC of {kind(value).lower()}")
    return duck(f"quantile_disc({{0}}, {_share(node)})", value)


def _type_of_order(node: exp.Expression) -> exp.DataType | str:
    value = _ordered(node)
    return value.type.sql("snowflake") if value.type is not None else TEXT


# -- windows -------------------------------------------------------------------------------------------------------------


def ratio(node: exp.Expression, _: Translation) -> exp.Expression:
    """RATIO_TO_REPORT: the part of a value in the sum of all; NULL where that is 0. The order has no effect."""
    if (
        len(node.expressions) != 1
        or kind(node.expressions[0]) not in {"NUMBER", "FLOAT"}
        or not isinstance(node.parent, exp.Window)
    ):
        raise unsupported("RATIO_TO_REPORT of other than one number, or without OVER")
    node.parent.set("order", None)
    node.parent.set("spec", None)
    value = node.expressions[0]

    def part(outer: exp.Expression) -> exp.Expression:
        whole = duck("nullif({0}, 0)", outer)
        if kind(value) == "NUMBER":
            return quotient(value, whole, (scale(value), scale(value)))
        return duck("{0} / {1}", value, whole)

    return around(duck("sum({0})", value), part)


def _ratio_type(node: exp.Expression) -> str:
    value = node.expressions[0]
    return f"DECIMAL(38, {quotient_scale(scale(value))})" if kind(value) == "NUMBER" else FLOAT


def true_events(node: exp.Expression, _: Translation) -> exp.Expression:
    """CONDITIONAL_TRUE_EVENT counts the rows up to this one for which the condition holds."""
    if len(node.expressions) != 1 or kind(node.expressions[0]) != "BOOLEAN" or not isinstance(node.parent, exp.Window):
        raise unsupported("CONDITIONAL_TRUE_EVENT of other than one condition, or without OVER")
    if not node.parent.args.get("order"):
        raise unsupported("CONDITIONAL_TRUE_EVENT without an order")
    rows = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
    node.parent.set("spec", rows)
    return duck("count(CASE WHEN {0} THEN 1 END)", node.expressions[0])


def nth(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.args.get("from_first") is False:
        raise unsupported("NTH_VALUE FROM LAST")
    return node


_NO_NAN = "CASE WHEN NOT isnan({0}) THEN {0} END"


def _spread(sql: str) -> Rule:
    """Of floating-point numbers; what type Snowflake's has for fixed-point ones is not confirmed."""
    return aggregate("d", FLOAT, sql)


def _of_pairs(sql: str) -> Rule:
    return aggregate("dd", FLOAT, sql, _NO_NAN)


def _truth(sql: str, outside: str = "") -> Function:
    """Of booleans, or of numbers of which 0 is FALSE."""
    return either(
        aggregate("b", BOOLEAN, sql, outside), aggregate("k", BOOLEAN, sql.replace("{0}", "(round({0}) <> 0)"), outside)
    )


RULES: Rules = {
    exp.Count: counted,
    exp.Min: extreme,
    exp.Max: extreme,
    exp.AnyValue: same,
    exp.RowNumber: same,
    exp.Rank: same,
    exp.DenseRank: same,
    exp.FirstValue: same,
    exp.LastValue: same,
    exp.NthValue: nth,
    "MAX_BY": aggregate("xo", "0", "arg_max_null({0}, {1})"),
    "MIN_BY": aggregate("xo", "0", "arg_min_null({0}, {1})"),
    "COUNT_IF": aggregate("b", NUMBER, "count(CASE WHEN {0} THEN 1 END)"),
    "BOOLAND_AGG": _truth("bool_and({0})"),
    "BOOLOR_AGG": _truth("bool_or({0})"),
    "BOOLXOR_AGG": _truth("sum(CASE WHEN {0} THEN 1 WHEN NOT {0} THEN 0 END)", "({0} = 1)"),
    "BITAND_AGG": aggregate("i", NUMBER, "bit_and({0})"),
    "BITOR_AGG": aggregate("i", NUMBER, "bit_or({0})"),
    "BITXOR_AGG": aggregate("i", NUMBER, "bit_xor({0})"),
    "ARRAY_AGG": Special(collected, ARRAY, aggregate=True),
    "LISTAGG": Special(joined, TEXT, aggregate=True),
    "OBJECT_AGG": Special(gathered, "OBJECT", aggregate=True),
    "MEDIAN": either(
        aggregate(
            "k", lambda given: _middle(given[0]), "median(CAST({0} AS DOUBLE))", lambda value: fixed(scale(value) + 3)
        ),
        aggregate("d", FLOAT, "median({0})"),
    ),
    "PERCENTILE_CONT": Special(percentile, lambda node: _middle(_ordered(node)), aggregate=True),
    "PERCENTILE_DISC": Special(percentile_of_all, _type_of_order, aggregate=True),
    "MODE": aggregate("o", "0", "mode({0})"),
    "STDDEV": _spread("stddev_samp({0})"),
    "STDDEV_POP": _spread("stddev_pop({0})"),
    "VARIANCE": _spread("var_samp({0})"),
    "VAR_POP": _spread("var_pop({0})"),
    "CORR": _of_pairs("corr({0}, {1})"),
    "COVAR_POP": _of_pairs("covar_pop({0}, {1})"),
    "COVAR_SAMP": _of_pairs("covar_samp({0}, {1})"),
    "REGR_SLOPE": _of_pairs("regr_slope({0}, {1})"),
    "REGR_INTERCEPT": _of_pairs("regr_intercept({0}, {1})"),
    "NTILE": aggregate("i", NUMBER, "ntile({0})"),
    "CUME_DIST": aggregate("", FLOAT, "cume_dist()"),
    "PERCENT_RANK": aggregate("", FLOAT, "percent_rank()"),
    "RATIO_TO_REPORT": Special(ratio, _ratio_type, aggregate=True),
    "CONDITIONAL_TRUE_EVENT": Special(true_events, NUMBER, aggregate=True),
}
for _name, _alias in (
    ("ARRAY_AGG", "ARRAYAGG"), ("STDDEV", "STDDEV_SAMP"), ("VARIANCE", "VAR_SAMP"), ("VARIANCE", "VARIANCE_SAMP"),
    ("VAR_POP", "VARIANCE_POP"), ("BITAND_AGG", "BITANDAGG"), ("BITAND_AGG", "BIT_AND_AGG"), ("BITAND_AGG", "BIT_ANDAGG"),
    ("BITOR_AGG", "BITORAGG"), ("BITOR_AGG", "BIT_OR_AGG"), ("BITOR_AGG", "BIT_ORAGG"), ("BITXOR_AGG", "BITXORAGG"),
    ("BITXOR_AGG", "BIT_XOR_AGG"), ("BITXOR_AGG", "BIT_XORAGG"),
):  # fmt: skip
    RULES[_alias] = RULES[_name]
