"""What a stored query reads: found in its text whenever it is asked, because names are resolved anew each time a view is read."""

from functools import lru_cache

import sqlglot
from sqlglot import exp

from snowpipe_deploy.local.catalog import Catalog, Entry
from snowpipe_deploy.local.query.forms import folded
from snowpipe_deploy.names import ObjectName


def is_cte(node: exp.Table) -> bool:
    if node.args.get("db") is not None or not isinstance(node.this, exp.Identifier):
        return False
    name, at = folded(node.this), node.parent
    while at is not None:
        with_ = at.args.get("with_")
        if with_ is not None and any(folded(cte.args["alias"].this) == name for cte in with_.expressions):
            return True
        at = at.parent
    return False


@lru_cache(maxsize=1000)
def named(text: str) -> tuple[ObjectName, ...]:
    """The relations that stand in FROM by name, as they are written."""
    found = []
    for node in sqlglot.parse_one(text, read="snowflake").find_all(exp.Table):
        parts = [part for part in (node.args.get("catalog"), node.args.get("db"), node.this) if part is not None]
        if not is_cte(node) and all(isinstance(part, exp.Identifier) for part in parts):
            found.append(ObjectName(tuple(p.this if p.quoted else p.this.upper() for p in parts)))
    return tuple(dict.fromkeys(found))


def read_by(catalog: Catalog, view: Entry) -> list[Entry]:
    """The tables and streams below a view, through other views."""
    return [entry for entry in relations_below(catalog, view) if entry.kind not in _VIEWS]


_VIEWS = frozenset({"VIEW", "MATERIALIZED VIEW"})


def relations_below(catalog: Catalog, view: Entry) -> list[Entry]:
    """The same with the views on the way."""
    found: dict[int, Entry] = {}
    todo, seen = [view], {view.id}
    while todo:
        one = todo.pop()
        for name in named(str(one.properties["query"])):
            full = name.within(*one.name.parts[:2])
            entry = catalog.find("TABLE", full) or catalog.find("STREAM", full)
            if entry is None or entry.id in seen:
                continue
            seen.add(entry.id)
            found[entry.id] = entry
            if entry.kind in _VIEWS:
                todo.append(entry)
    return list(found.values())
