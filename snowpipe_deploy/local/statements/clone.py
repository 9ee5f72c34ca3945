"""CREATE … CLONE: a copy that goes its own way (reference A.1, B.1, B.6, C.4)."""

import re
from collections.abc import Callable

from snowpipe_deploy.local import dropped
from snowpipe_deploy.local.catalog import CONTAINERS, Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.graphs import require_suspended
from snowpipe_deploy.local.query.time_travel import rows_at
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.local.statements._cloning import (
    Cloning,
    clone_container,
    clone_sequence,
    clone_stream,
    clone_table,
    clone_task,
    define,
)  # fmt: skip
from snowpipe_deploy.local.statements._common import created, existing, full_name, is_in_transient
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, Head, identify

_CLONE = re.compile(r"\s*CREATE\b[^(]*\bCLONE\b", re.IGNORECASE)
_READ_BY = {"TABLE": "SELECT", "DYNAMIC TABLE": "SELECT", "STREAM": "SELECT", "TASK": "OWNERSHIP"}  # others: USAGE


def clone_head(text: str) -> Head | None:
    """The head of a CREATE … CLONE; its `rest` begins with CLONE."""
    if not _CLONE.match(text):
        return None
    head, cursor = identify(text)
    return head if head.name is not None and cursor.sees("CLONE") else None


def create_clone(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    cursor = Cursor(head.rest)
    cursor.expect("CLONE")
    source = runner.catalog.get(head.kind, runner.full(cursor.name(), len(name.parts)))
    rows = _rows(runner, cursor, source)
    if not cursor.done:
        raise unsupported(f"CLONE … {cursor.rest[:40]}")
    if head.kind not in {*CONTAINERS, *_COPIES} or "OR ALTER" in head.modifiers:
        raise unsupported(f"CLONE of a {head.kind.lower()}")
    if head.kind == "STAGE" and not source.properties.get("URL"):
        raise unsupported(f"CLONE of internal stage {source.name}")
    runner.require(source, _READ_BY.get(head.kind, "USAGE"))
    _check_lifetime(runner, head, source, name)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if found is not None and found.id == source.id and head.kind != "TABLE":
        raise unsupported(f"CREATE OR REPLACE of {name} as a clone of itself")
    _check_links(runner, head, source, name)
    with runner.definition():
        _make(runner, Cloning(runner, source.name, name), head, source, found, rows)
    if head.kind in CONTAINERS:  # what was made is the current one, as by CREATE
        runner.database, runner.schema = name.parts if len(name.parts) > 1 else (name.last, _public(runner, name))
    return created(head, name)


def _rows(runner: Runner, cursor: Cursor, source: Entry) -> str:
    """What AT or BEFORE says of a table's rows; empty for those that it has now."""
    verb = cursor.accept_any("AT", "BEFORE")
    if not verb:
        return ""
    if source.kind != "TABLE":
        raise unsupported(f"{verb} of CLONE of a {source.kind.lower()}")
    return f"({rows_at(runner, verb, cursor.parens(), source)})"


def _make(runner: Runner, cloning: Cloning, head: Head, source: Entry, found: Entry | None, rows: str) -> None:
    def make_room() -> None:
        if found is not None:
            dropped.put_away(runner, found)

    if head.kind == "TABLE":
        transient = "TRANSIENT" in head.modifiers or is_in_transient(runner, cloning.target)
        lifetime = {"transient": transient, "temporary": "TEMPORARY" in head.modifiers}
        clone_table(cloning, source, runner.role, lifetime, make_room, rows)
        return
    make_room()
    if head.kind in CONTAINERS:
        clone_container(cloning, source)
    else:
        define(runner, [_COPIES[head.kind](cloning, source, runner.role)])


def _public(runner: Runner, database: ObjectName) -> str | None:
    return "PUBLIC" if runner.catalog.find("SCHEMA", ObjectName((*database.parts, "PUBLIC"))) else None


def _check_lifetime(runner: Runner, head: Head, source: Entry, name: ObjectName) -> None:
    if source.properties.get("temporary") and not head.modifiers & {"TEMPORARY", "TRANSIENT"}:
        raise sql_error(
            "syntax", "Temp table cannot be cloned to a permanent table; clone to a transient or temp table instead."
        )
    lasting = not head.modifiers & {"TEMPORARY", "TRANSIENT"} and not is_in_transient(runner, name)
    if source.properties.get("transient") and lasting:
        raise sql_error("syntax", "Transient object cannot be cloned to a permanent object.")


def _check_links(runner: Runner, head: Head, source: Entry, name: ObjectName) -> None:
    """A task keeps its predecessors where its owner clones it, so it joins their graph (reference A.1)."""
    if head.kind != "TASK":
        return
    if source.properties.get("FINALIZE"):
        raise unsupported(f"CLONE of finalizer {source.name}")
    if source.properties.get("AFTER") and name.parent != source.name.parent:
        raise unsupported(f"CLONE of {source.name}, which has predecessors, into another schema")
    require_suspended(runner, name, *source.properties.get("AFTER", ()))


def _task(cloning: Cloning, source: Entry, owner: str) -> Entry:
    copy = clone_task(cloning, source, owner)
    links = source.properties.get("AFTER") if source.owner == owner else None
    return cloning.runner.catalog.change(cloning.runner.engine, copy.with_(AFTER=links))


_COPIES: dict[str, Callable[[Cloning, Entry, str], Entry]] = {
    "TABLE": clone_table, "STREAM": clone_stream, "TASK": _task, "SEQUENCE": clone_sequence, "FILE FORMAT": Cloning.add,
    "STAGE": Cloning.add,
}  # fmt: skip
HANDLERS = {("CREATE …", "CLONE"): create_clone}
