"""DuckDB expressions written as text with holes: `duck("nullif({}, '')", node)`."""

from collections.abc import Callable
from functools import lru_cache
from itertools import islice

import sqlglot
from sqlglot import exp


@lru_cache(maxsize=1024)
def _parsed(text: str, holes: int) -> exp.Expression:
    return sqlglot.parse_one(text.format(*(f"__hole{i}" for i in range(holes))), read="duckdb")


def duck(text: str, *nodes: exp.Expression) -> exp.Expression:
    """The text as a DuckDB expression, `{}` or `{0}` filled with the nodes (each wrapped so that it stays whole)."""
    tree = _parsed(text, len(nodes)).copy()
    for column in list(tree.find_all(exp.Column)):
        name = column.name
        if name.startswith("__hole"):
            node = nodes[int(name[6:])].copy()
            filled = exp.Paren(this=node) if isinstance(node, exp.Binary | exp.Connector) else node
            if column is tree:
                return filled
            column.replace(filled)
    return tree


_LARGE = 50  # nodes


def bound(template: str, *nodes: exp.Expression) -> exp.Expression:
    """As `duck`, but a large expression that the template has in several places is computed once.

    Else nested calls would grow by that factor with each level. Not for aggregates.
    """
    again = [i for i, node in enumerate(nodes) if template.count(f"{{{i}}}") > 1 and _is_large(node)]
    if not again or "(SELECT" in template:
        return duck(template, *nodes)
    held = ", ".join(f"a{i} := {{{i}}}" for i in again)
    body = template
    for i in again:
        body = body.replace(f"{{{i}}}", f"held.a{i}")
    return duck(f"list_extract(list_transform([struct_pack({held})], lambda held: {body}), 1)", *nodes)


_LONG = 300  # characters


def bound_text(template: str, *nodes: exp.Expression) -> exp.Expression:
    """As `bound`, but put together as text, which is quicker where a template has its holes in many places.

    For the end of a translation: what stands in text no rule sees any more.
    """
    if any(isinstance(part, exp.Table) or "around" in part.meta for node in nodes for part in node.walk()):
        return bound(template, *nodes)
    texts = [f"({node.sql('duckdb')})" if isinstance(node, exp.Binary) else node.sql("duckdb") for node in nodes]
    if sum(map(len, texts)) < _LONG:
        return raw(template.format(*texts))
    held = ", ".join(f"a{i} := {text}" for i, text in enumerate(texts))
    body = template.format(*(f"held.a{i}" for i in range(len(texts))))
    return raw(f"list_extract(list_transform([struct_pack({held})], lambda held: {body}), 1)")


def _is_large(node: exp.Expression) -> bool:
    return next(islice(node.walk(), _LARGE, None), None) is not None


def text(value: str) -> exp.Expression:
    return exp.Literal.string(value)


def raw(sql: str) -> exp.Expression:
    """Engine SQL that is put out as it is."""
    return exp.Var(this=sql)


def around(node: exp.Expression, put: str | Callable[[exp.Expression], exp.Expression]) -> exp.Expression:
    """An aggregate whose result is to be put into a template, or what a function makes of it: outside of OVER and IGNORE NULLS, if there are any."""
    node.meta["around"] = put
    return node


def surrounded(tree: exp.Expression) -> exp.Expression:
    """The tree with each `around` done."""
    for node in reversed([found for found in tree.walk(bfs=True) if "around" in found.meta]):
        put, outer = node.meta.pop("around"), node
        while isinstance(outer.parent, _BESIDE_AGGREGATES) and outer.arg_key == "this":
            outer = outer.parent
        after = duck(put, outer) if isinstance(put, str) else put(outer)
        if outer is tree:
            tree = after
        else:
            outer.replace(after)
    return tree


def in_place(outer: exp.Expression, before: type[exp.Expression], after: type[exp.Expression]) -> exp.Expression:
    """The aggregate with its OVER, as another aggregate."""
    out = outer.copy()
    held = out
    while not isinstance(held, before):
        held = held.this
    new = after(this=held.this)
    if held is out:
        return new
    held.replace(new)
    return out


_BESIDE_AGGREGATES = (exp.Window, exp.WithinGroup, exp.Filter, exp.IgnoreNulls, exp.RespectNulls)
