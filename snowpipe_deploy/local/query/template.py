"""DuckDB expressions written as text with holes: `duck("nullif({}, '')", node)`."""

from functools import lru_cache

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


def text(value: str) -> exp.Expression:
    return exp.Literal.string(value)


def raw(sql: str) -> exp.Expression:
    """Engine SQL that is put out as it is."""
    return exp.Var(this=sql)


def around(node: exp.Expression, template: str, *others: exp.Expression) -> exp.Expression:
    """An aggregate whose result is to be put into `template`: outside of OVER and IGNORE NULLS, if there are any."""
    node.meta["around"] = (template, others)
    return node


def surrounded(tree: exp.Expression) -> exp.Expression:
    """The tree with each `around` done."""
    for node in reversed([found for found in tree.walk(bfs=True) if "around" in found.meta]):
        (template, others), outer = node.meta.pop("around"), node
        while isinstance(
            outer.parent, exp.Window | exp.WithinGroup | exp.Filter | exp.IgnoreNulls | exp.RespectNulls
        ) and (outer.arg_key == "this"):
            outer = outer.parent
        after = duck(template, outer, *others)
        if outer is tree:
            tree = after
        else:
            outer.replace(after)
    return tree
