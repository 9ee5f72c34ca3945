"""The clause table of each kind, found by its file name; `head` reads a statement with them."""

import importlib
from dataclasses import replace
from functools import lru_cache

from snowpipe_deploy import registry
from snowpipe_deploy.sqltext.head import Clause, Cursor, Head, identify, read_clauses

TABLES: dict[str, tuple[Clause, ...]] = {
    name.upper().replace("_", " "): importlib.import_module(f"{__name__}.{name}").CLAUSES
    for name in registry.modules(__path__)
}
# kinds whose name may be followed by a parenthesis: columns, or the arguments of a routine
_WITH_ARGUMENTS = frozenset({"TABLE", "VIEW", "DYNAMIC TABLE", "PROCEDURE", "FUNCTION", "MATERIALIZED VIEW"})


@lru_cache(maxsize=4096)
def head(text: str) -> Head:
    """Reads a statement; raises ReadError where a CREATE of a known kind is not well formed.

    Statements that are not CREATE (or DEFINE) keep what follows their name in `rest`.
    """
    first, cursor = identify(text)
    if first.verb not in {"CREATE", "DEFINE"} or first.kind not in TABLES or first.name is None:
        return first
    arguments = None
    if first.kind in _WITH_ARGUMENTS and cursor.peek().text == "(":
        arguments = cursor.parens()
    clauses, body, unknown = read_clauses(cursor, TABLES[first.kind])
    return replace(first, arguments=arguments, clauses=clauses, body=body, unknown=unknown)


def split_list(text: str) -> tuple[str, ...]:
    """The comma-separated parts of a list, commas inside parentheses left alone."""
    cursor, parts = Cursor(text), []
    while not cursor.done:
        parts.append(cursor.until(","))
        cursor.accept(",")
    return tuple(part for part in parts if part)
