"""The clause table of each kind, found by its file name; `head` reads a statement with them."""

import importlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from snowpipe_deploy import registry
from snowpipe_deploy.sqltext.head import Clause, Cursor, Head, ReadError, identify, read_clauses

_MODULES = {
    name.upper().replace("_", " "): importlib.import_module(f"{__name__}.{name}") for name in registry.modules(__path__)
}
TABLES: dict[str, tuple[Clause, ...]] = {kind: module.CLAUSES for kind, module in _MODULES.items()}
# what else may stand in a statement of the kind: it is read and listed, but snowdeploy does not deploy it
ALSO: dict[str, tuple[Clause, ...]] = {kind: getattr(module, "ALSO", ()) for kind, module in _MODULES.items()}
_READABLE = {kind: (*ALSO[kind], *TABLES[kind]) for kind in TABLES}
# kinds whose name may be followed by a parenthesis: columns, or the arguments of a routine
_WITH_ARGUMENTS = frozenset({
    "TABLE", "VIEW", "DYNAMIC TABLE", "PROCEDURE", "FUNCTION", "MATERIALIZED VIEW", "EXTERNAL TABLE", "EXTERNAL FUNCTION",
    "ICEBERG TABLE", "HYBRID TABLE", "DYNAMIC ICEBERG TABLE",
})  # fmt: skip


@lru_cache(maxsize=8192)
def _known(text: str) -> Head:
    return _read(text, TABLES)


def head(text: str) -> Head:
    """Reads a statement; raises ReadError where a CREATE of a known kind is not well formed.

    Statements that are not CREATE (or DEFINE) keep what follows their name in `rest`.
    """
    found = _known(text)
    if found.stray:
        message, offset = found.stray[0]
        raise ReadError(message, offset)
    return found


@lru_cache(maxsize=8192)
def reading(text: str) -> Head:
    """The same for a statement that somebody else wrote: what cannot be read is kept in `stray`, and the rest is read.

    Raises ReadError only where the name cannot be read.
    """
    found = _known(text)
    if found.stray or found.unknown:
        found = _read(text, _READABLE)
    return found if found.kind in TABLES or found.name is None else _with_body(found)


def _with_body(first: Head) -> Head:
    """A kind that has no clause table: what follows the first AS outside parentheses is its body."""
    cursor = Cursor(first.text)
    while not cursor.done and cursor.peek().start < first.name_end:
        cursor.take()
    if first.verb not in {"CREATE", "DEFINE"}:
        return first
    cursor.until("AS")
    if not cursor.accept("AS") or cursor.done:
        return first
    return replace(first, body=cursor.rest.strip(), body_at=cursor.peek().start)


def _read(text: str, tables: Mapping[str, tuple[Clause, ...]]) -> Head:
    first, cursor = identify(text)
    if first.verb not in {"CREATE", "DEFINE"} or first.kind not in tables or first.name is None:
        return first
    arguments, stray = None, []
    if first.kind in _WITH_ARGUMENTS and cursor.peek().text == "(":
        try:
            arguments = cursor.parens()
        except ReadError as error:
            stray.append((str(error), error.offset))
    found = read_clauses(cursor, tables[first.kind])
    return replace(
        first, arguments=arguments, clauses=found.clauses, body=found.body, body_at=found.body_at, unknown=tuple(found.unknown),
        stray=(*stray, *found.stray),
    )  # fmt: skip


def split_list(text: str) -> tuple[str, ...]:
    """The comma-separated parts of a list, commas inside parentheses left alone."""
    cursor, parts = Cursor(text), []
    while not cursor.done:
        parts.append(cursor.until(","))
        cursor.accept(",")
    return tuple(part for part in parts if part)
