"""TIMESTAMP_TZ: an instant with the offset that it was written with, held as the engine's STRUCT(i TIMESTAMP, o SMALLINT).

Values are compared and ordered by their instant alone, so where the engine would compare the whole (GROUP BY, DISTINCT, IN …) they are
refused: what is not on the lists below takes none.
"""

from collections.abc import Callable, Iterator

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import duck

_MOMENTS = frozenset({"ZONED", "INSTANT", "TIMESTAMP", "DATE", "TEXT", "NULL"})
_COMPARE = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)
# what hands a value on as it is, or asks no more than whether it is NULL
_HAND_ON = (
    exp.Alias, exp.Paren, exp.Column, exp.Cast, exp.TryCast, exp.Coalesce, exp.Max, exp.Min, exp.Is, exp.Ordered, exp.Select, exp.Subquery,
    exp.Count, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.IgnoreNulls, exp.RespectNulls, exp.Tuple, exp.Table, exp.Union,
    exp.Schema, exp.Values, exp.From, exp.Join, exp.Lateral, exp.CTE, exp.With, exp.Order,
)  # fmt: skip


# of these some arguments only
_ONLY = {exp.Window: {"this"}, exp.If: {"true", "false"}, exp.Case: {"default"}}


_CASTS = {
    "TO_VARCHAR": "VARCHAR", "TO_CHAR": "VARCHAR", "TO_DATE": "DATE", "DATE": "DATE", "TO_TIME": "TIME", "TO_TIMESTAMP": "TIMESTAMP_NTZ",
    "TO_TIMESTAMP_NTZ": "TIMESTAMP_NTZ", "TO_TIMESTAMP_LTZ": "TIMESTAMP_LTZ", "TO_TIMESTAMP_TZ": "TIMESTAMP_TZ",
}  # fmt: skip


def name_casts(tree: exp.Expression) -> bool:
    """`TO_DATE(x)` of such a value is `x::DATE`; says whether there was any."""
    calls = [
        node for node in tree.find_all(exp.Anonymous) if str(node.name).upper() in _CASTS and len(node.expressions) == 1
    ]
    calls = [node for node in calls if kind(node.expressions[0]) == "ZONED"]
    for node in calls:
        of = exp.DataType.build(_CASTS[str(node.name).upper()], dialect="snowflake")
        node.replace(exp.Cast(this=node.expressions[0].copy(), to=of))
    return bool(calls)


def check(node: exp.Expression) -> None:
    """Raises where a node would take a TIMESTAMP_TZ for something else than its instant."""
    if (
        isinstance(node, exp.Select)
        and node.args.get("distinct")
        and any(kind(item) == "ZONED" for item in node.selects)
    ):
        raise _refused(node)
    if isinstance(node, exp.SetOperation):
        whole = not isinstance(node, exp.Union) or node.args.get("distinct")
        if whole and any(kind(item) == "ZONED" for query in (node.this, node.expression) for item in query.selects):
            raise _refused(node)
        return
    parts = [(key, part) for key, part in _children(node) if kind(part) == "ZONED"]
    if not parts:
        return
    if isinstance(node, _COMPARE):
        if {kind(part) for _, part in _children(node)} - _MOMENTS:
            raise _refused(node)
    elif type(node) in _ONLY:
        if {key for key, _ in parts} - _ONLY[type(node)]:
            raise _refused(node)
    elif not isinstance(node, _HAND_ON) or _compares_whole(node):
        raise _refused(node)


def _compares_whole(node: exp.Expression) -> bool:
    if isinstance(node, exp.Count):
        return node.find(exp.Distinct) is not None
    return isinstance(node, exp.Tuple) and not isinstance(node.parent, exp.Values)


def _children(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    for key, value in node.args.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, exp.Expression):
                yield key, part


def _refused(node: exp.Expression) -> Exception:
    hint = "write it with ::TIMESTAMP_LTZ (its instant) or ::TIMESTAMP_NTZ (its wall time)"
    return unsupported(f"TIMESTAMP_TZ in {node.sql('snowflake')[:80]!r}: {hint}")


def by_instant(node: exp.Expression, of_literal: Callable[[exp.Expression], exp.Expression]) -> None:
    """Comparisons and orders see the instants; what stands beside one is a moment of the session's zone, or a text (`of_literal`)."""
    if not isinstance(node, (*_COMPARE, exp.Ordered)) or all(kind(part) != "ZONED" for _, part in _children(node)):
        return
    for _, part in list(_children(node)):
        match kind(part):
            case "ZONED":
                part.replace(duck("struct_extract({0}, 'i')", part))
            case "TEXT":
                part.replace(duck("struct_extract({0}, 'i')", of_literal(part)))
            case "INSTANT" | "DATE" | "TIMESTAMP":
                part.replace(duck("CAST({0} AS TIMESTAMP)", part))


# -- engine SQL of one value as another; `value` is engine SQL ---------------------------------------------------------------

_SIGNED = "([+-])([0-9][0-9]):?([0-9][0-9]) *$"
_WITH_OFFSET = f":[0-9][0-9]([.][0-9]+)? *{_SIGNED}"


def of_moment(value: str) -> str:
    """A date or time without an offset has that of the session, which is UTC."""
    return (
        f"CASE WHEN {value} IS NULL THEN NULL ELSE struct_pack(i := CAST({value} AS TIMESTAMP), o := 0::SMALLINT) END"
    )


def of_text(value: str, wall: str) -> str:
    """A text whose wall time is `wall`."""
    hours, minutes = (f"CAST(regexp_extract({value}, '{_SIGNED}', {place}) AS SMALLINT)" for place in (2, 3))
    sign = f"CASE regexp_extract({value}, '{_SIGNED}', 1) WHEN '-' THEN -1 ELSE 1 END"
    offset = f"CASE WHEN regexp_matches({value}, '{_WITH_OFFSET}') THEN CAST(({hours} * 60 + {minutes}) * {sign} AS SMALLINT) ELSE 0::SMALLINT END"
    return f"CASE WHEN {wall} IS NULL THEN NULL ELSE struct_pack(i := {wall} - to_minutes(CAST({offset} AS BIGINT)), o := {offset}) END"


def wall_time(value: str) -> str:
    """As TIMESTAMP_NTZ."""
    return f"(struct_extract({value}, 'i') + to_minutes(CAST(struct_extract({value}, 'o') AS BIGINT)))"


def instant(value: str) -> str:
    """As TIMESTAMP_LTZ."""
    return f"CAST(struct_extract({value}, 'i') AS TIMESTAMPTZ)"


def as_text(value: str) -> str:
    """By the default format, `YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM`."""
    offset = f"struct_extract({value}, 'o')"
    signed = (
        f"CASE WHEN {offset} < 0 THEN '-' ELSE '+' END || printf('%02d%02d', abs({offset}) // 60, abs({offset}) % 60)"
    )
    return f"(strftime({wall_time(value)}, '%Y-%m-%d %H:%M:%S.%g') || ' ' || {signed})"
