"""The allow-list of clauses: every part that a node of a query may have. What is not on it is refused by name.

A rule (`rules/`) is for a node as a whole; the parser hangs more on a node than the rule knows of (WHERE … FOR UPDATE, a frame's
EXCLUDE, DISTINCT ON), and the engine's generator drops some of it in silence. So a query is checked as it was parsed.
"""

from collections.abc import Iterator

from sqlglot import ErrorLevel, exp

from snowpipe_deploy.local.errors import sql_error, unsupported

_ORDERED = "order limit offset"
_PARTS = {
    "select": f"with_ distinct from_ joins where group having qualify {_ORDERED}",
    "subquery": f"alias with_ pivots {_ORDERED}",
    "union": f"all by_name distinct with_ {_ORDERED}",
    "except": f"distinct with_ {_ORDERED}",
    "intersect": f"distinct with_ {_ORDERED}",
    "join": "on using side=left side=right side=full kind=inner kind=outer kind=cross method=natural directed",
    "table": "alias db catalog joins pivots when format pattern",
    "historicaldata": "kind",
    "pivot": "alias fields columns include_nulls default_on_null unpivot identify_pivot_strings pivot_column_naming",
    "pivotalias": "alias",
    "tablefromrows": "alias",
    "tablealias": "columns",
    "lateral": "alias",
    "values": "alias",
    "with": "recursive",
    "cte": "alias",
    "fetch": "direction count limit_options",
    "limitoptions": "rows",
    "group": "all",
    "ordered": "desc nulls_first",
    "star": "except_ replace rename ilike",
    "column": "table db catalog",
    "identifier": "quoted",
    "window": "partition_by order spec over",
    "windowspec": "kind=rows kind=range start start_side end end_side",
    "alias": "alias",
    "in": "query",
    "between": "low high",
    "interval": "unit",
    "literal": "is_string",
    "jsonpathkey": "quoted",
    "dpipe": "safe",  # how the parser marks Snowflake's ||
}
CLAUSES = frozenset(f"{node}.{part}" for node, parts in _PARTS.items() for part in parts.split())
# what a node is about; LIMIT … BY and OFFSET … BY are the exception
_OPERANDS = frozenset({"this", "expression", "expressions"})
# parts that are a word: the word counts
_WORDS = frozenset({"join.side", "join.kind", "join.method", "windowspec.kind"})
_RANKS = frozenset(
    [
        "rownumber",
        "rank",
        "denserank",
        "percentrank",
        "cumedist",
        "ntile",
        "lag",
        "lead",
        "firstvalue",
        "lastvalue",
        "nthvalue",
    ]
)


def parts(node: exp.Expression) -> Iterator[str]:
    """What hangs on a node, as CLAUSES spells it: `select.where`, `join.side=left`, `union.all`."""
    for name, value in node.args.items():
        part = f"{node.key}.{name}"
        if name == "distinct" and value is False:
            yield f"{node.key}.all"
        elif part == "datatype.nested" and not node.expressions:
            continue  # ARRAY, and not ARRAY(NUMBER)
        elif (value in (None, False, []) and (name, value) != ("materialized", False)) or (
            name in _OPERANDS and part not in {"limit.expressions", "offset.expressions"}
        ):
            continue
        else:
            yield f"{part}={str(value).lower()}" if part in _WORDS else part


def unlisted(node: exp.Expression, allowed: frozenset[str] = CLAUSES) -> list[str]:
    """The parts of a node that are not on the list; arguments of functions are their rules' concern."""
    return [] if isinstance(node, exp.Func) else [part for part in parts(node) if part not in allowed]


def check(tree: exp.Expression, allowed: frozenset[str] = CLAUSES) -> None:
    """Raises unless every part of every node is on the list."""
    for node in tree.walk():
        for part in unlisted(node, allowed):
            raise unsupported(f"{_said(part)} ({_shown(node)!r})")
        _check_together(node)


def _shown(node: exp.Expression) -> str:
    return str(node.sql("snowflake", unsupported_level=ErrorLevel.IGNORE))[:60]


def _said(part: str) -> str:
    node, _, name = part.partition(".")
    word = name.partition("=")[2] or name
    return f"{word.strip('_').replace('_', ' ').upper()} of {node.upper()}"


def _check_together(node: exp.Expression) -> None:
    """What is known part by part and yet no clause of Snowflake's, or one whose order of evaluation is not known."""
    if isinstance(node, exp.SetOperation):
        sides = [side for side in (node.this, node.expression) if isinstance(side, exp.SetOperation)]
        if any(isinstance(side, exp.Intersect) != isinstance(node, exp.Intersect) for side in sides):
            raise unsupported("INTERSECT beside UNION or EXCEPT without parentheses")
    elif isinstance(node, exp.Window) and not node.args.get("order") and node.args.get("over"):
        function = node.this.this if isinstance(node.this, exp.IgnoreNulls | exp.RespectNulls) else node.this
        written = function.name if isinstance(function, exp.AnonymousAggFunc) else function.key
        if str(written).lower().replace("_", "") in _RANKS:
            name = written if isinstance(function, exp.AnonymousAggFunc) else function.sql_names()[0]
            raise sql_error("syntax", f"Window function type [{name}] requires ORDER BY in window specification")
