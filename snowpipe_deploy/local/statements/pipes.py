"""CREATE, ALTER and REFRESH of pipes, and the loading of what waits in them (reference D.6)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from snowpipe_deploy.local import pipes, removal, stage_files
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements import copy_into
from snowpipe_deploy.local.statements._common import (
    created,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.head import Cursor, Head

_FORBIDDEN = ("FILES", "SIZE_LIMIT", "PURGE", "FORCE", "RETURN_FAILED_ONLY", "VALIDATION_MODE")
_REACH = timedelta(days=7)  # REFRESH looks at files that were staged since then
_DEFAULTS = {"ON_ERROR": "SKIP_FILE"}
_DONE = "Statement executed successfully."


def create_pipe(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    if not head.body:
        raise sql_error("syntax", "syntax error: a pipe needs AS and a COPY INTO")
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    body = head.body.rstrip().rstrip(";").rstrip()
    properties = {k: v for k, v in head.clauses.items() if k not in {"COMMENT", "PIPE_EXECUTION_PAUSED"}}
    properties |= _bound(runner, body)
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            if found.properties["body"] != body:
                raise sql_error("syntax", "CREATE OR ALTER PIPE cannot change the COPY of a pipe")
            comment = str(head.clauses.get("COMMENT", ""))
            runner.catalog.change(runner.engine, replace(found, comment=comment, text=head.text))
            return created(head, name)
        if found is not None:
            removal.remove(runner, found)
        runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
    return created(head, name)


def _bound(runner: Runner, body: str) -> dict[str, Any]:
    """The COPY with what it names bound by id: a pipe does not follow a rename, nor another object of the name."""
    copy = copy_into.read(runner, body, _DEFAULTS)
    for option in _FORBIDDEN:
        if option in copy.options:
            raise sql_error("syntax", f"{option} is not allowed in the COPY of a pipe")
    if copy.on_error == "ABORT_STATEMENT":
        raise sql_error("syntax", "ON_ERROR = ABORT_STATEMENT is not allowed in the COPY of a pipe")
    if copy.stage.kind == "USER STAGE":
        raise sql_error("syntax", "a pipe cannot load from the stage of a user")
    found: dict[str, Any] = {
        "body": body, "prefix": copy.prefix, "pattern": copy.options.get("PATTERN"), "database": runner.database,
        "schema": runner.schema, "table": _reference(copy.table), "stage": _reference(runner.catalog.by_id(copy.stage.id) or copy.stage),
    }  # fmt: skip
    named = copy_into.named_format(runner, copy.stage, copy.options)
    return found | ({"format": _reference(named)} if named is not None else {})


def _reference(entry: Entry) -> dict[str, object]:
    return {"id": entry.id, "name": str(entry.name)}


def alter_pipe(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    entry = runner.catalog.get("PIPE", name)
    cursor = Cursor(head.rest)
    if cursor.accept("REFRESH"):
        return _refresh(runner, entry, cursor)
    if cursor.accept("SET"):
        options = settings(cursor)
        if extra := options.keys() - {"PIPE_EXECUTION_PAUSED", "COMMENT", "ERROR_INTEGRATION"}:
            raise sql_error("syntax", f"ALTER PIPE SET {', '.join(sorted(extra))}: a pipe is replaced to change it")
        entry = replace(entry, comment=options.pop("COMMENT", entry.comment))
        paused = options.pop("PIPE_EXECUTION_PAUSED", None)
        with runner.definition():
            entry = runner.catalog.change(runner.engine, entry.with_(**options))
            if paused is not None:
                _pause(runner, entry, paused=paused.upper() == "TRUE")
        runner.shared.load_files(entry.id)
        return status(_DONE)
    if cursor.accept("UNSET"):
        gone = words(cursor)
        if extra_words := set(gone) - {"PIPE_EXECUTION_PAUSED", "COMMENT", "ERROR_INTEGRATION"}:
            raise sql_error("syntax", f"ALTER PIPE UNSET {', '.join(sorted(extra_words))}")
        changed = replace(entry.with_(**dict.fromkeys(gone)), comment="" if "COMMENT" in gone else entry.comment)
        with runner.definition():
            runner.catalog.change(runner.engine, changed)
            if "PIPE_EXECUTION_PAUSED" in gone:
                _pause(runner, changed, paused=False)
        runner.shared.load_files(entry.id)
        return status(_DONE)
    raise unsupported(f"ALTER PIPE {head.rest[:40]}")


def _pause(runner: Runner, pipe: Entry, *, paused: bool) -> None:
    since = pipe.properties.get("paused_on")
    if paused and not since:
        runner.catalog.change(runner.engine, pipe.with_(paused_on=runner.now().isoformat()))
    elif not paused and since:
        if runner.now() - datetime.fromisoformat(str(since)) > pipes.STALE:
            raise sql_error("task", f"Pipe {pipe.name} is stale: it was paused for more than 14 days. "
                            "Use SYSTEM$PIPE_FORCE_RESUME.")  # fmt: skip
        pipes.resume(runner, pipe)


def _refresh(runner: Runner, pipe: Entry, cursor: Cursor) -> Answer:
    """Queues the files of the last seven days that neither the pipe nor COPY has loaded; returns before they are loaded."""
    options = settings(cursor)
    if extra := options.keys() - {"PREFIX", "MODIFIED_AFTER"}:
        raise sql_error("syntax", f"ALTER PIPE … REFRESH {', '.join(sorted(extra))}")
    state = pipes.execution_state(runner, pipe)
    if state.startswith("STOPPED"):
        raise sql_error("task", f"Pipe {pipe.name} is in state {state} and must be recreated.")
    since = runner.now() - _REACH
    if "MODIFIED_AFTER" in options:
        since = max(since, _moment(runner, options["MODIFIED_AFTER"]))
    copy = _copy(runner, pipe)
    known = pipes.history(runner, pipe) | copy_into.loaded_before(runner, copy)
    found = stage_files.files(runner, copy.stage, copy.prefix + options.get("PREFIX", ""))
    chosen = [f for f in found if pipes.takes(pipe, f.path) and f.modified >= since and (f.path, f.md5) not in known]  # type: ignore[operator]  # a moment
    with runner.definition():
        for file in chosen:
            pipes.enqueue(runner, pipe, file.path, file.md5)
    runner.shared.load_files(pipe.id)
    return listing(("File", "Status"), [[file.path, "SENT"] for file in chosen])


def _moment(runner: Runner, text: str) -> datetime:
    found = runner.engine.all("SELECT CAST(? AS TIMESTAMPTZ)", [text])[0][0]
    if not isinstance(found, datetime):
        raise sql_error("not_recognized_date", text)
    return found


def _copy(runner: Runner, pipe: Entry) -> copy_into.Copy:
    """The pipe's COPY, its names read where the pipe was made."""
    before = (runner.database, runner.schema)
    runner.database, runner.schema = pipe.properties["database"], pipe.properties["schema"]
    try:
        return copy_into.read(runner, str(pipe.properties["body"]), _DEFAULTS)
    finally:
        runner.database, runner.schema = before


def load_queued(runner: Runner, number: int) -> None:
    """Loads what waits in a pipe; a COPY that does not compile any more stalls it, and the files go on waiting."""
    pipe = runner.catalog.by_id(number)
    if pipe is None or pipe.kind != "PIPE" or pipes.execution_state(runner, pipe).startswith("STOPPED"):
        return
    rows = runner.engine.all(
        "SELECT path, etag, received FROM _account.pipe_queue WHERE pipe = ? AND NOT held ORDER BY received, path",
        [number],
    )
    if not rows:
        return
    received = {(str(path), str(etag)): moment for path, etag, moment in rows}
    runner.database, runner.schema = pipe.properties["database"], pipe.properties["schema"]
    try:
        copy = copy_into.read(runner, str(pipe.properties["body"]), _DEFAULTS)
        there = [f for f in stage_files.files(runner, copy.stage, copy.prefix) if (f.path, f.md5) in received]
        copy_into.load(runner, copy, there, lambda loaded: _remember(runner, pipe, copy, loaded, received))
    except SqlError as error:
        runner.recover()
        with runner.definition():
            runner.catalog.change(runner.engine, pipe.with_(error=error.text))
        return
    with runner.definition():
        runner.engine.run("DELETE FROM _account.pipe_queue WHERE pipe = ? AND NOT held", [number])
        if pipe.properties.get("error"):
            runner.catalog.change(runner.engine, pipe.with_(error=None))


def _remember(
    runner: Runner, pipe: Entry, copy: copy_into.Copy, loaded: copy_into.Loaded, received: dict[tuple[str, str], object]
) -> None:
    """In the transaction that loads the file: it is in the history and does not wait any more, or neither."""
    file = loaded.file
    runner.write(
        "DELETE FROM _account.pipe_queue WHERE pipe = ? AND path = ? AND etag = ? AND NOT held",
        [pipe.id, file.path, file.md5],
    )
    runner.write(
        "INSERT INTO _account.pipe_loads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [pipe.id, list(pipe.name.parts), received[file.path, file.md5], copy.table.id, file.path, file.md5, str(copy.stage.id),
         file.size, runner.now(), loaded.status, loaded.parsed, loaded.loaded, loaded.errors,
         copy_into.error_limit(copy, loaded), *copy_into.first_error(loaded)],
    )  # fmt: skip


HANDLERS = {
    ("CREATE", "PIPE"): create_pipe,
    ("ALTER", "PIPE"): alter_pipe,
}
