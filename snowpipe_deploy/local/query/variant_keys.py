"""VARIANTs that are told apart: DISTINCT, GROUP BY, PARTITION BY, UNION, INTERSECT, EXCEPT.

The engine compares their texts. That is right for what has one text alone; an object (its keys may stand in any order), an array,
`1.0` beside `1`, and a text with escapes are refused when the query gets there.
"""

from collections.abc import Iterator

from sqlglot import exp

from snowpipe_deploy.local.errors import TOLD_APART, unsupported
from snowpipe_deploy.local.query.alignment import leaves
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import bound

_MARK = "told_apart"
_SEVERAL_TEXTS = (
    "json_type({0}) IN ('OBJECT', 'ARRAY') OR contains(CAST({0} AS VARCHAR), chr(92)) "
    "OR (json_type({0}) = 'DOUBLE' AND NOT regexp_full_match(CAST({0} AS VARCHAR), '-?[0-9]+[.][0-9]*[1-9]'))"
)
# a cast that fails, not error(): a window is not partitioned by what the engine takes for volatile
_GUARDED = f"CASE WHEN {_SEVERAL_TEXTS} THEN CAST(concat('{TOLD_APART}', left(CAST({{0}} AS VARCHAR), 0)) AS JSON) ELSE {{0}} END"


def mark(tree: exp.Expression) -> None:
    """Notes which expressions are told apart, after types are known."""
    for node in list(tree.walk()):
        for key in _keys(node):
            key.meta[_MARK] = True
        is_row = isinstance(node, exp.In) and node.args.get("query") is not None and isinstance(node.this, exp.Tuple)
        if is_row and any(kind(part) == "JSON" for part in node.this.expressions):
            raise unsupported(
                f"{node.sql('snowflake')[:60]!r}: a VARIANT in a row that is looked for: write it with ::<type>"
            )


def _keys(node: exp.Expression) -> Iterator[exp.Expression]:
    match node:
        case exp.Select():
            if isinstance(node.args.get("distinct"), exp.Distinct):
                yield from _variants(item.unalias() for item in node.selects)
            group = node.args.get("group")
            for key in list(_variants(group.expressions)) if group is not None else ():
                yield from (part for part in _own(node) if part == key)
        case exp.SetOperation():
            if node.args.get("distinct") is not False:
                yield from _variants(item.unalias() for leaf in leaves(node) for item in leaf.selects)
        case exp.Window():
            yield from _variants(node.args.get("partition_by") or [])
        case exp.Distinct() if not isinstance(node.parent, exp.Select):
            yield from _variants(node.expressions)


def _variants(expressions: Iterator[exp.Expression] | list[exp.Expression]) -> Iterator[exp.Expression]:
    return (each for each in expressions if kind(each) == "JSON")


def _own(select: exp.Select) -> Iterator[exp.Expression]:
    """What stands in a SELECT itself, not in its subqueries."""
    yield from select.walk(prune=lambda part: part is not select and isinstance(part, exp.Query))


def guarded(node: exp.Expression, after: exp.Expression) -> exp.Expression:
    """What has become of the node, looked at where it is told apart."""
    return bound(_GUARDED, after) if node.meta.pop(_MARK, False) else after
