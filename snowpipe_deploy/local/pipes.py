"""Pipes in the catalog: what state they are in, which files wait in them, and who hears of a new file (reference D.6)."""

import json
import re
from datetime import timedelta

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName

# what the COPY names is bound by id: another object of the same name is not the one
_BOUND = {"stage": "STOPPED_STAGE_DROPPED", "format": "STOPPED_FILE_FORMAT_DROPPED", "table": "STOPPED_MISSING_TABLE"}
STALE = timedelta(days=14)  # what is paused for longer is resumed by SYSTEM$PIPE_FORCE_RESUME alone


def execution_state(runner: Runner, pipe: Entry) -> str:
    """As SYSTEM$PIPE_STATUS names it."""
    for what, state in _BOUND.items():
        bound = pipe.properties.get(what)
        if bound is not None:
            entry = runner.catalog.by_id(bound["id"])
            if entry is None or entry.name != ObjectName.parse(bound["name"]):
                return state
    if pipe.properties.get("cloned"):
        return "STOPPED_CLONED"
    if pipe.properties.get("error"):
        return "STALLED_COMPILATION_ERROR"
    return "PAUSED" if pipe.properties.get("paused_on") else "RUNNING"


def is_on_external_stage(runner: Runner, pipe: Entry) -> bool:
    stage = runner.catalog.by_id(pipe.properties["stage"]["id"])
    return stage is not None and bool(stage.properties.get("URL"))


def hears(pipe: Entry) -> bool:
    """Is it told of new files by itself?"""
    return str(pipe.properties.get("AUTO_INGEST", "FALSE")).upper() == "TRUE"


def pending(runner: Runner, pipe: Entry) -> int:
    """Files that wait to be loaded; of a paused pipe those that came before the pause."""
    return int(
        str(runner.engine.all("SELECT count(*) FROM _account.pipe_queue WHERE pipe = ? AND NOT held", [pipe.id])[0][0])
    )


def status(runner: Runner, pipe: Entry) -> str:
    """The JSON of SYSTEM$PIPE_STATUS."""
    found = {"executionState": execution_state(runner, pipe), "pendingFileCount": pending(runner, pipe)}
    last = runner.engine.all(
        "SELECT path, loaded_at FROM _account.pipe_loads WHERE pipe = ? ORDER BY loaded_at DESC, path DESC LIMIT 1",
        [pipe.id],
    )
    if last:
        found |= {
            "lastIngestedFilePath": str(last[0][0]),
            "lastIngestedTimestamp": f"{last[0][1]:%Y-%m-%dT%H:%M:%S.%fZ}",
        }
    if error := pipe.properties.get("error"):
        found["error"] = str(error)
    return json.dumps(found)


def takes(pipe: Entry, path: str) -> bool:
    """Does the pipe's COPY mean this file of its stage?"""
    pattern = pipe.properties.get("pattern")
    return path.startswith(str(pipe.properties["prefix"])) and (pattern is None or bool(re.fullmatch(pattern, path)))


def enqueue(runner: Runner, pipe: Entry, path: str, etag: str) -> None:
    """Hands the pipe a file; of a paused pipe it waits until the pipe is resumed."""
    held = bool(pipe.properties.get("paused_on"))
    runner.engine.run("DELETE FROM _account.pipe_queue WHERE pipe = ? AND path = ?", [pipe.id, path])
    runner.engine.run(
        "INSERT INTO _account.pipe_queue VALUES (?, ?, ?, ?, ?)", [pipe.id, path, etag, runner.now(), held]
    )


def resume(runner: Runner, pipe: Entry) -> None:
    """What came while it was paused waits no longer; runs inside `runner.definition()`."""
    runner.catalog.change(runner.engine, pipe.with_(paused_on=None, cloned=None))
    runner.engine.run("UPDATE _account.pipe_queue SET held = FALSE WHERE pipe = ?", [pipe.id])


def history(runner: Runner, pipe: Entry) -> set[tuple[str, str]]:
    """Path and ETag of what the pipe has loaded within its 14 days."""
    rows = runner.engine.all(
        "SELECT path, etag FROM _account.pipe_loads WHERE pipe = ? AND loaded_at > ?", [pipe.id, runner.now() - STALE]
    )
    return {(str(path), str(etag)) for path, etag in rows}


def notify(runner: Runner, stage: Entry, path: str, etag: str) -> list[Entry]:
    """A file came to a stage: the pipes with AUTO_INGEST that take it get it, as by the cloud's notification."""
    told = [
        pipe
        for pipe in runner.catalog.of("PIPE")
        if pipe.properties.get("stage", {}).get("id") == stage.id
        and hears(pipe)
        and takes(pipe, path)
        and (path, etag) not in history(runner, pipe)
    ]
    for pipe in told:
        enqueue(runner, pipe, path, etag)
    return told
