"""Comparisons. A VARIANT is compared as what it holds; what it holds is known only when the query runs."""

from sqlglot import exp

from snowpipe_deploy.local.errors import raised
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.mixing import COMPARABLE
from snowpipe_deploy.local.query.row_values import is_filter
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Rules, Translation

_FRACTION = 18  # digits after the point with which numbers in a VARIANT are compared
_TOO_FINE = f"regexp_matches(CAST({{0}} AS VARCHAR), '[eE]|[.][0-9]{{{{{_FRACTION + 1}}}}}')"
_HELD = {
    "TEXT": "WHEN 'VARCHAR' THEN {0} ->> '$'",
    "BOOLEAN": "WHEN 'BOOLEAN' THEN CAST({0} ->> '$' AS BOOLEAN)",
    "NUMBER": " ".join(
        f"WHEN '{held}' THEN CASE WHEN NOT {_TOO_FINE} THEN CAST({{0}} ->> '$' AS DECIMAL(38,{_FRACTION})) ELSE %s END"
        for held in ("BIGINT", "UBIGINT", "DOUBLE")
    ),
}


def _as(variant: exp.Expression, other: str, node: exp.Expression) -> exp.Expression:
    """What a VARIANT holds, refused when it is of another kind than what it is compared with.

    Whether a JSON null is unequal to anything is not confirmed; as a filter, being equal to it is never TRUE.
    """
    shown = "'" + node.sql("snowflake")[:60].replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"
    of = "replace(replace(lower(json_type({0})), 'ubigint', 'integer'), 'bigint', 'integer')"
    bad = raised("unsupported", f"'a VARIANT that holds ' || {of} || ' in ' || {shown} || ': write it with ::<type>'")
    null = "WHEN 'NULL' THEN NULL" if isinstance(node, exp.EQ | exp.In) and is_filter(node) else ""
    held = _HELD[other].replace("%s", bad)
    return duck(f"CASE WHEN {{0}} IS NOT NULL THEN CASE json_type({{0}}) {held} {null} ELSE {bad} END END", variant)


def compared(node: exp.Expression, _: Translation) -> exp.Expression:
    sides = [node.this, node.expression]
    kinds = [kind(side) for side in sides]
    if kinds.count("JSON") != 1:
        return node
    other = kinds[1 - kinds.index("JSON")]
    if other not in COMPARABLE:  # with NULL
        return node
    left, right = (_as(side, other, node) if kind(side) == "JSON" else side for side in sides)
    return type(node)(this=left.copy(), expression=right.copy())


def among(node: exp.Expression, _: Translation) -> exp.Expression:
    """`v IN ('a', 'b')`"""
    others = {kind(item) for item in node.expressions} - {"NULL"}
    if kind(node.this) == "JSON" and len(others) == 1:
        node.set("this", _as(node.this, others.pop(), node))
    return node


RULES: Rules = {
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), compared),
    exp.In: among,
}
