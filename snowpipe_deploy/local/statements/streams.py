"""CREATE, ALTER and DROP STREAM (reference B)."""

from dataclasses import replace

from snowpipe_deploy.local import changes, directory, removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query import stream_views, time_travel
from snowpipe_deploy.local.query.reads import relations_below
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    created,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
)  # fmt: skip
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, Head


def create_stream(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    if "INSERT_ONLY" in head.clauses:
        raise unsupported("INSERT_ONLY of CREATE STREAM")
    source = head.clauses.get("ON")
    source_kind, source_name = source if isinstance(source, tuple) else ("", "")
    if source_kind not in {"TABLE", "DYNAMIC TABLE", "VIEW", "STAGE"}:
        raise unsupported(f"a stream on {source_kind or 'nothing'}")
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if found is not None and "OR ALTER" in head.modifiers:
        return _altered(runner, head, found)
    table = runner.catalog.get(source_kind, runner.full(ObjectName.parse(source_name)))
    runner.require(table, "READ" if source_kind == "STAGE" else "SELECT")
    if source_kind == "STAGE":
        directory.require(table)
        if extra := head.clauses.keys() & {"APPEND_ONLY", "SHOW_INITIAL_ROWS", "AT", "BEFORE"}:
            raise sql_error("syntax", f"syntax error: {min(extra)} of a stream on a stage")
    append = str(head.clauses.get("APPEND_ONLY", "FALSE")).upper() == "TRUE"
    initial = str(head.clauses.get("SHOW_INITIAL_ROWS", "FALSE")).upper() == "TRUE"
    if source_kind == "VIEW" and (append or initial):
        raise unsupported("APPEND_ONLY and SHOW_INITIAL_ROWS of a stream on a view")
    bases = stream_views.bases(runner, table) if source_kind == "VIEW" else [table]
    for base in bases:
        if not base.properties.get("tracked") and source_kind != "STAGE":
            runner.require(base)  # the first stream switches change tracking on (reference B.9)
    position = _position(runner, head, table, bases)
    if initial and position is not None:
        raise unsupported("SHOW_INITIAL_ROWS together with AT or BEFORE")
    with runner.definition():
        if found is not None:
            removal.remove(runner, found)
        for base in bases:
            changes.watched(runner, base)
        version = position if position is not None else changes.newest_version(runner.engine)
        if initial:
            version = changes.new_version(runner) - 1
        properties = {
            "source": table.id, "source_name": str(table.name), "source_type": source_kind.title(),
            "mode": "APPEND_ONLY" if append else "DEFAULT",
        }  # fmt: skip
        if source_kind == "VIEW":
            properties["below"] = {str(e.id): str(e.name) for e in relations_below(runner.catalog, table)}
        if initial:
            properties["initial"] = version + 1
        entry = runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
        runner.engine.run("INSERT INTO _account.offsets VALUES (?, ?, ?)", [entry.id, version, runner.now()])
        stream_views.define(runner, entry)
    return created(head, name)


def _altered(runner: Runner, head: Head, found: Entry) -> Answer:
    """CREATE OR ALTER of a stream that is there: only the comment may differ, and the offset stays (reference B.5)."""
    kind, source = tuple(head.clauses["ON"])
    append = str(head.clauses.get("APPEND_ONLY", "FALSE")).upper() == "TRUE"
    on = runner.catalog.get(str(kind), runner.full(ObjectName.parse(str(source))))
    if on.id != found.properties["source"] or append != (found.properties["mode"] == "APPEND_ONLY"):
        raise sql_error("syntax", f"CREATE OR ALTER STREAM cannot change the source or the mode of {found.name}")
    with runner.definition():
        comment = str(head.clauses.get("COMMENT", ""))
        runner.catalog.change(runner.engine, replace(found, comment=comment, text=head.text))
    return status(f"Stream {found.name.last} successfully altered.")


def _position(runner: Runner, head: Head, source: Entry, tables: list[Entry]) -> int | None:
    """Where AT or BEFORE lets the stream begin; None for now."""
    for verb in ("AT", "BEFORE"):
        if verb in head.clauses:
            return time_travel.position(runner, verb, str(head.clauses[verb])[1:-1], source, tables)
    return None


def alter_stream(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    entry = runner.catalog.get("STREAM", name)
    cursor = Cursor(head.rest)
    if cursor.accept("UNSET", "COMMENT"):
        comment = ""
    else:
        cursor.expect("SET")
        options = settings(cursor)
        if options.keys() != {"COMMENT"}:
            raise sql_error("syntax", f"ALTER STREAM SET {', '.join(options)}: only the comment can change")
        comment = options["COMMENT"]
    with runner.definition():
        runner.catalog.change(runner.engine, replace(entry, comment=comment))
    return status("Statement executed successfully.")


HANDLERS = {
    ("CREATE", "STREAM"): create_stream,
    ("ALTER", "STREAM"): alter_stream,
}
