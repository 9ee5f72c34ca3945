"""What goes when an object goes: rows, views, files, offsets, and what DROP does to those that depend on it.

`hide` takes the names away, `_free` what they stood for. Between the two lies what UNDROP can bring back (`dropped.py`).
"""

from dataclasses import replace

from snowpipe_deploy.local import changes, tags
from snowpipe_deploy.local.catalog import Entry, schema_name
from snowpipe_deploy.local.privileges import Held
from snowpipe_deploy.local.refreshes import forget
from snowpipe_deploy.local.runner import Runner


def remove(runner: Runner, entry: Entry) -> None:
    """Removes the object, and what lies in it, from the catalog and the engine; runs inside `runner.definition()`."""
    gone = with_inside(runner, entry)
    hide(runner, gone)
    free(runner, gone)


def with_inside(runner: Runner, entry: Entry) -> list[Entry]:
    """The object behind all that lies in it, schemas behind what lies in them."""
    return [*sorted(runner.catalog.below(entry.name), key=lambda e: -len(e.name.parts)), entry]


def hide(runner: Runner, gone: list[Entry]) -> None:
    """Takes the objects out of the catalog, with their grants, and out of the engine's names; their rows and files stay."""
    for entry in gone:
        if runner.catalog.by_id(entry.id) is not None:
            _hide(runner, entry)


def _hide(runner: Runner, entry: Entry) -> None:
    engine = runner.engine
    if entry.kind == "SCHEMA":
        engine.run(f"DROP SCHEMA IF EXISTS {schema_name(entry.name)} CASCADE")
    elif entry.kind in {"TABLE", "DYNAMIC TABLE", "VIEW", "MATERIALIZED VIEW", "STREAM"}:
        engine.run(f"DROP VIEW IF EXISTS {entry.engine_name}")
    elif entry.kind == "TASK":
        orphan_children(runner, entry)
    elif entry.kind == "PIPE":
        # the pipe's history goes, and with it what REFRESH passes over; the table goes on showing what was loaded
        engine.run("DELETE FROM _account.pipe_queue WHERE pipe = ?", [entry.id])
        engine.run("UPDATE _account.pipe_loads SET pipe = NULL WHERE pipe = ?", [entry.id])
    elif entry.kind == "ROLE":
        _leave_owned(runner, entry)
    if entry.kind in {"TABLE", "DYNAMIC TABLE", "STAGE"}:
        for stream in changes.streams_on(runner, entry):
            engine.run(f"DROP VIEW IF EXISTS {stream.engine_name}")
    if entry.kind == "DYNAMIC TABLE":
        forget(runner, entry)
    runner.shared.grants.remove(engine, held_by(runner, entry))
    runner.catalog.remove(engine, entry)


def held_by(runner: Runner, entry: Entry) -> list[Held]:
    """The grants that go with an object: those on it, and of a role also those that it has."""
    place = (entry.kind, ".".join(entry.name.parts))
    return [h for h in runner.shared.grants if h.target == entry.id or (h.to, h.grantee) == place]


def free(runner: Runner, gone: list[Entry]) -> None:
    """Gives back all that hidden objects have kept. It cannot be brought back after that."""
    for entry in gone:
        _free(runner, entry)


def _free(runner: Runner, entry: Entry) -> None:
    engine = runner.engine
    if entry.kind in {"TABLE", "DYNAMIC TABLE"}:
        _drop_rows(runner, entry)
        for table in ("loads", "load_errors", "refreshed"):
            engine.run(f"DELETE FROM _account.{table} WHERE table_id = ?", [entry.id])
        _empty_stage(runner, entry)
        engine.run("UPDATE _account.pipe_loads SET table_id = NULL WHERE table_id = ?", [entry.id])
    elif entry.kind == "STREAM":
        engine.run("DELETE FROM _account.offsets WHERE stream = ?", [entry.id])
    elif entry.kind == "SEQUENCE":
        engine.run(f"DROP SEQUENCE IF EXISTS _data.s{entry.id}")
    elif entry.kind == "STAGE":
        _empty_stage(runner, entry)
        _drop_rows(runner, entry)
    tags.forget(runner, entry)


def _drop_rows(runner: Runner, entry: Entry) -> None:
    """The rows with their change log."""
    engine = runner.engine
    if entry.properties.get("tracked"):
        changes.unwatch(engine, entry)
        engine.run(f"DROP TABLE {entry.log}")
    engine.run(f"DROP TABLE IF EXISTS {entry.base}")
    for column in entry.columns:
        if column.identity:
            engine.run(f"DROP SEQUENCE IF EXISTS {entry.identity(column)}")


def _empty_stage(runner: Runner, entry: Entry) -> None:
    """The files of a stage, or of the stage that a table has."""
    runner.engine.run("DELETE FROM _account.stage_files WHERE stage = ?", [entry.id])
    runner.discard(runner.shared.files / str(entry.id))


def _leave_owned(runner: Runner, role: Entry) -> None:
    """What a role owned belongs to the role that drops it, tasks suspended (reference A.6, F.4)."""
    for owned in [entry for entry in runner.catalog.everything() if entry.owner == role.name.last]:
        paused = {"state": "suspended", "suspended_reason": "GRANT_OWNERSHIP"} if owned.kind == "TASK" else {}
        runner.catalog.change(runner.engine, replace(owned.with_(**paused), owner=runner.role))


def stands_alone(reason: str) -> dict[str, str]:
    """What becomes of a task that has lost its place in a graph: it is suspended (reference A.6)."""
    return {"state": "suspended", "suspended_reason": reason}


def orphan_children(runner: Runner, task: Entry) -> None:
    """Children of a dropped task lose the link; one left without predecessors stands alone, suspended."""
    name = str(task.name)
    for other in list(runner.catalog.of("TASK", task.name.parts[:2])):
        after = [p for p in other.properties.get("AFTER", ()) if p != name]
        if len(after) != len(other.properties.get("AFTER", ())):
            orphan = {} if after else stands_alone("CHILD_BECAME_ROOT")
            runner.catalog.change(runner.engine, other.with_(AFTER=after, **orphan))
        elif other.properties.get("FINALIZE") == name:
            runner.catalog.change(runner.engine, other.with_(FINALIZE=None, **stands_alone("FINALIZER_BECAME_ROOT")))
