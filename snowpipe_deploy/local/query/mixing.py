"""Where kinds of values meet that Snowflake would convert and DuckDB compares in another way: refused, asking for a cast."""

from collections.abc import Iterable

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind

# what takes a VARIANT as it is; all other functions and operators ask for a cast
_TAKES_VARIANT = (
    exp.Alias, exp.Paren, exp.Subquery, exp.Cast, exp.TryCast, exp.JSONExtract, exp.GetExtract, exp.Struct, exp.PropertyEQ,
    exp.Kwarg, exp.Array, exp.ArraySize, exp.Typeof, exp.JSONFormat, exp.IsNullValue, exp.ToVariant, exp.Count, exp.ArrayAgg,
    exp.AnyValue, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.IgnoreNulls, exp.RespectNulls, exp.ToNumber,
    exp.ToChar, exp.Anonymous, exp.AnonymousAggFunc, exp.Exists, exp.Union, exp.Explode, exp.Concat, exp.DPipe, exp.Filter,
)  # fmt: skip
_ASKS = (exp.Func, exp.Binary, exp.Unary, exp.Ordered, exp.Where, exp.Having, exp.Qualify, exp.Between, exp.In)
COMPARED = (
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.EqualNull,
    exp.In,
    exp.Between,
)
_COUNTED = (exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg)
CHOSEN = (exp.Case, exp.Coalesce, exp.If, exp.Nvl2, exp.Nullif, exp.Greatest, exp.Least)
COMPARABLE = frozenset({"TEXT", "NUMBER", "BOOLEAN"})  # with a VARIANT: what it holds is looked at when the query runs
TIMES = frozenset({"DATE", "TIMESTAMP", "INSTANT", "ZONED", "TIME"})


def check(node: exp.Expression) -> None:
    """Raises unless Snowflake and DuckDB agree on what this node does with the kinds of its parts."""
    if isinstance(node, exp.Union | exp.Except | exp.Intersect):
        _check_columns(node)
    elif isinstance(node, CHOSEN) and not (isinstance(node, exp.If) and isinstance(node.parent, exp.Case)):
        _check_chosen(node)
    elif isinstance(node, exp.Is):
        if kind(node.this) == "JSON" and not isinstance(node.expression, exp.Null):
            raise _needs_cast(node)
    elif _asks(node) and any(kind(part) == "JSON" for part in _parts(node)) and not _is_compared(node):
        raise _needs_cast(node)
    if isinstance(node, COMPARED) and not _is_compared(node):
        _check_together(node, _parts(node))
    elif isinstance(node, _COUNTED) and any(kind(part) in {"TEXT", "BOOLEAN"} for part in _parts(node)):
        raise unsupported(f"arithmetic with text or boolean in {_shown(node)}: write it with ::<type>")
    elif isinstance(node, exp.If) and kind(node.this) == "JSON" and not _is_operand(node):
        raise _needs_cast(node)
    elif isinstance(node, exp.Join) and node.args.get("on") is not None and kind(node.args["on"]) == "JSON":
        raise _needs_cast(node.args["on"])


def _is_compared(node: exp.Expression) -> bool:
    """Is one VARIANT compared with what it could hold?"""
    if not isinstance(node, exp.EQ | exp.NEQ | exp.GT | exp.GTE | exp.LT | exp.LTE | exp.In) or node.args.get("query"):
        return False
    first, *others = sorted((kind(part) for part in _parts(node)), key=lambda each: each != "JSON")
    if isinstance(node, exp.In) and kind(node.this) != "JSON":
        return False
    return first == "JSON" and len(set(others) - {"NULL"}) == 1 and set(others) - {"NULL"} <= COMPARABLE


def _asks(node: exp.Expression) -> bool:
    return isinstance(node, _ASKS) and not isinstance(node, (*_TAKES_VARIANT, exp.Case, exp.If))


def _is_operand(node: exp.If) -> bool:
    return isinstance(node.parent, exp.Case) and node.parent.this is not None


def _shown(node: exp.Expression) -> str:
    return repr(node.sql("snowflake")[:80])


def _needs_cast(node: exp.Expression) -> Exception:
    return unsupported(f"a VARIANT in {_shown(node)} without a cast: write it with ::<type>")


def _parts(node: exp.Expression) -> list[exp.Expression]:
    held = [node.args.get(key) for key in ("this", "expression", "low", "high")]
    held += node.args.get("expressions") or []
    held.append(node.args.get("query"))
    return [_single(part) for part in held if isinstance(part, exp.Expression)]


def _single(part: exp.Expression) -> exp.Expression:
    """What stands for a subquery: its only column."""
    inner = part.this if isinstance(part, exp.All | exp.Any) else part
    while isinstance(inner, exp.Subquery):
        inner = inner.this
    return inner.selects[0] if isinstance(inner, exp.Query) and inner.selects else part


def _check_together(node: exp.Expression, parts: list[exp.Expression]) -> None:
    """Text meets text; a literal may also meet a time, or a number if it is one."""
    kinds = {kind(part) for part in parts} - {"NULL", "UNKNOWN"}
    if "JSON" in kinds:
        raise _needs_cast(node)
    if "TEXT" not in kinds or len(kinds) == 1:
        return
    texts = [part for part in parts if kind(part) == "TEXT"]
    literal = all(isinstance(part, exp.Literal) for part in texts)
    if literal and kinds - {"TEXT"} <= TIMES:
        return
    if literal and kinds == {"TEXT", "NUMBER"} and all(part.name.lstrip("-").isdigit() for part in texts):
        return
    raise unsupported(f"{' and '.join(sorted(kinds)).lower()} together in {_shown(node)}: write it with ::<type>")


def _chosen(node: exp.Expression) -> list[exp.Expression]:
    """What CASE, COALESCE … choose from."""
    match node:
        case exp.Case():
            parts = [branch.args.get("true") for branch in node.args["ifs"]] + [node.args.get("default")]
        case exp.If() | exp.Nvl2():
            parts = [node.args.get("true"), node.args.get("false")]
        case exp.Nullif():
            parts = [node.this, node.expression]
        case _:
            parts = [node.this, *node.expressions]
    return [part for part in parts if isinstance(part, exp.Expression)]


def together(node: exp.Expression) -> list[list[exp.Expression]]:
    """What meets in a comparison or a choice."""
    if isinstance(node, CHOSEN):
        operand = (
            [node.this, *(branch.this for branch in node.args["ifs"])]
            if isinstance(node, exp.Case) and node.this is not None
            else []
        )
        return [_chosen(node), *([operand] if operand else [])]
    return [_parts(node)]


def _check_chosen(node: exp.Expression) -> None:
    """The answers of CASE, COALESCE … have one kind."""
    if isinstance(node, exp.Case) and node.this is not None:
        _check_together(node, [node.this, *(branch.this for branch in node.args["ifs"])])
    held = _chosen(node)
    kinds = {kind(part) for part in held} - {"NULL", "UNKNOWN"}
    if "JSON" in kinds and (len(kinds) > 1 or isinstance(node, exp.Nullif | exp.Greatest | exp.Least)):
        raise _needs_cast(node)
    if "JSON" not in kinds:
        _check_together(node, held)


def _pairs(node: exp.SetOperation) -> Iterable[tuple[exp.Expression, exp.Expression]]:
    """The columns that come together: by their place, or BY NAME."""
    if not node.args.get("by_name"):
        return zip(node.this.selects, node.expression.selects, strict=False)
    named = {item.alias_or_name: item for item in node.this.selects}
    return [(named[item.alias_or_name], item) for item in node.expression.selects if item.alias_or_name in named]


def _check_columns(node: exp.SetOperation) -> None:
    for left, right in _pairs(node):
        kinds = {kind(left), kind(right)} - {"NULL", "UNKNOWN"}
        if len(kinds) > 1 and kinds & {"TEXT", "JSON", "BOOLEAN"}:
            raise unsupported(
                f"{' and '.join(sorted(kinds)).lower()} in one column of a set operation: write it with ::<type>"
            )
