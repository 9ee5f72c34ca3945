"""What goes when an object goes: rows, views, files, offsets, and what DROP does to those that depend on it."""

from dataclasses import replace

from snowpipe_deploy.local import changes, tags
from snowpipe_deploy.local.catalog import CONTAINERS, Entry, schema_name
from snowpipe_deploy.local.refreshes import forget
from snowpipe_deploy.local.runner import Runner


def remove(runner: Runner, entry: Entry) -> None:
    """Removes the object from the catalog and the engine; runs inside `runner.definition()`."""
    engine = runner.engine
    if entry.kind in CONTAINERS:
        for inside in runner.catalog.below(entry.name):
            if runner.catalog.by_id(inside.id) is not None:
                remove(runner, inside)
        if entry.kind == "SCHEMA":
            engine.run(f"DROP SCHEMA IF EXISTS {schema_name(entry.name)} CASCADE")
    elif entry.kind in {"TABLE", "DYNAMIC TABLE"}:
        engine.run(f"DROP VIEW IF EXISTS {entry.engine_name}")
        _drop_rows(runner, entry)
        engine.run("DELETE FROM _account.loads WHERE table_id = ?", [entry.id])
        engine.run("DELETE FROM _account.load_errors WHERE table_id = ?", [entry.id])
        engine.run("DELETE FROM _account.refreshed WHERE table_id = ?", [entry.id])
        forget(runner, entry)
        _empty_stage(runner, entry)
        engine.run("UPDATE _account.pipe_loads SET table_id = NULL WHERE table_id = ?", [entry.id])
    elif entry.kind in {"VIEW", "MATERIALIZED VIEW"}:
        engine.run(f"DROP VIEW IF EXISTS {entry.engine_name}")
    elif entry.kind == "STREAM":
        engine.run(f"DROP VIEW IF EXISTS {entry.engine_name}")
        engine.run("DELETE FROM _account.offsets WHERE stream = ?", [entry.id])
    elif entry.kind == "SEQUENCE":
        engine.run(f"DROP SEQUENCE IF EXISTS _data.s{entry.id}")
    elif entry.kind == "STAGE":
        _empty_stage(runner, entry)
        _drop_rows(runner, entry)
    elif entry.kind == "PIPE":
        # the pipe's history goes, and with it what REFRESH passes over; the table goes on showing what was loaded
        engine.run("DELETE FROM _account.pipe_queue WHERE pipe = ?", [entry.id])
        engine.run("UPDATE _account.pipe_loads SET pipe = NULL WHERE pipe = ?", [entry.id])
    elif entry.kind == "TASK":
        orphan_children(runner, entry)
    elif entry.kind in {"ROLE", "DATABASE ROLE"}:
        _leave_role(runner, entry)
    grants = runner.shared.grants
    grants.remove(engine, [held for held in grants if held.target == entry.id])
    tags.forget(runner, entry)
    runner.catalog.remove(engine, entry)


def _drop_rows(runner: Runner, entry: Entry) -> None:
    """The rows with their change log; streams on them can be read no more."""
    engine = runner.engine
    if entry.properties.get("tracked"):
        changes.unwatch(engine, entry)
        engine.run(f"DROP TABLE {entry.log}")
    engine.run(f"DROP TABLE IF EXISTS {entry.base}")
    for stream in changes.streams_on(runner, entry):
        engine.run(f"DROP VIEW IF EXISTS {stream.engine_name}")


def _empty_stage(runner: Runner, entry: Entry) -> None:
    """The files of a stage, or of the stage that a table has."""
    runner.engine.run("DELETE FROM _account.stage_files WHERE stage = ?", [entry.id])
    runner.discard(runner.shared.files / str(entry.id))


def _leave_role(runner: Runner, role: Entry) -> None:
    """What a role had is gone with it; what it owned belongs to the role that drops it, tasks suspended (reference A.6, F.4)."""
    grants = runner.shared.grants
    place = (role.kind, ".".join(role.name.parts))
    grants.remove(runner.engine, [held for held in grants if (held.to, held.grantee) == place])
    if role.kind == "ROLE":
        for owned in [entry for entry in runner.catalog.everything() if entry.owner == role.name.last]:
            paused = {"state": "suspended", "suspended_reason": "GRANT_OWNERSHIP"} if owned.kind == "TASK" else {}
            runner.catalog.change(runner.engine, replace(owned.with_(**paused), owner=runner.role))


def orphan_children(runner: Runner, task: Entry) -> None:
    """Children of a dropped task lose the link; one left without predecessors stands alone, suspended."""
    name = str(task.name)
    for other in list(runner.catalog.of("TASK", task.name.parts[:2])):
        after = [p for p in other.properties.get("AFTER", ()) if p != name]
        if len(after) != len(other.properties.get("AFTER", ())):
            orphan = {} if after else {"state": "suspended", "suspended_reason": "CHILD_BECAME_ROOT"}
            runner.catalog.change(runner.engine, other.with_(AFTER=after, **orphan))
        elif other.properties.get("FINALIZE") == name:
            reason = {"state": "suspended", "suspended_reason": "FINALIZER_BECAME_ROOT"}
            runner.catalog.change(runner.engine, other.with_(FINALIZE=None, **reason))
