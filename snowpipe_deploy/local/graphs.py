"""Task graphs in the catalog: who belongs together, what RESUME checks, and the versions that runs pin."""

import json
from datetime import datetime
from typing import Any

from snowpipe_deploy.local.catalog import Catalog, Entry
from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.privileges import ADMIN
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName

MOST_RESUMED = 30_000  # in one account (reference A.5)
# of a task: what belongs to what it did, and not to what it is
_NO_DEFINITION = frozenset({"resumed_on", "suspended_on", "suspended_reason", "committed_on", "failures"})
# states of a task after which a retry runs it again
FAILED = frozenset({"FAILED", "FAILED_AND_AUTO_SUSPENDED", "CANCELLED"})


def _after(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.properties.get("AFTER", ()))


def is_root(entry: Entry) -> bool:
    return not _after(entry) and not entry.properties.get("FINALIZE")


def is_triggered(entry: Entry) -> bool:
    """Without a schedule, and with a stream in its WHEN: it runs when that has data (reference A.10)."""
    return (
        not entry.properties.get("SCHEDULE")
        and "SYSTEM$STREAM_HAS_DATA" in str(entry.properties.get("WHEN") or "").upper()
    )


def root_of(catalog: Catalog, entry: Entry) -> list[Entry]:
    """The roots above a task (one, unless the graph is not valid yet); the task itself if it is one."""
    roots: dict[int, Entry] = {}
    seen: set[int] = set()
    todo = [entry]
    while todo:
        task = todo.pop()
        if task.id in seen:
            continue
        seen.add(task.id)
        above = [*_after(task), *filter(None, [task.properties.get("FINALIZE")])]
        if not above:
            roots[task.id] = task
        todo += [t for name in above if (t := catalog.find("TASK", ObjectName.parse(name))) is not None]
    return list(roots.values())


def members(catalog: Catalog, root: Entry) -> list[Entry]:
    """The root, all below it, and the finalizer: each after what it needs, siblings by name."""
    everyone = list(catalog.of("TASK", root.name.parts[:2]))
    found = {str(root.name): root}
    while True:
        more = [t for t in everyone if str(t.name) not in found and any(p in found for p in _after(t))]
        if not more:
            break
        found |= {str(t.name): t for t in more}
    ordered: list[Entry] = []
    left = dict(found)
    while left:
        ready = [t for t in left.values() if not any(p in left for p in _after(t))] or list(left.values())
        for task in sorted(ready, key=lambda t: t.name):
            ordered.append(task)
            del left[str(task.name)]
    return ordered + [t for t in everyone if t.properties.get("FINALIZE") == str(root.name)]


def resume_problem(catalog: Catalog, root: Entry) -> str:
    """What is only found when the root is resumed (reference A.4): a circle, or a second root."""
    tasks = members(catalog, root)
    done: set[str] = set()
    names = {str(t.name) for t in tasks}
    left = [t for t in tasks if not t.properties.get("FINALIZE")]
    while left:
        ready = [t for t in left if all(p in done or p not in names for p in _after(t))]
        if not ready:
            return f"Graph has at least one cycle containing task {left[0].name}"
        done |= {str(t.name) for t in ready}
        left = [t for t in left if str(t.name) not in done]
    for task in tasks:
        if len(root_of(catalog, task)) > 1:
            return "The graph has more than one root task (one without predecessors)"
    return ""


def commit_version(runner: Runner, root: Entry) -> int:
    """Fixes the graph as it stands now; a new version only where something differs from the last one."""
    last = runner.engine.all("SELECT max(version) FROM _account.graph_versions WHERE root = ?", [root.id])[0][0]
    if last is not None and is_as_in(runner, root, int(str(last))):
        return int(str(last))
    version = int(str(last or 0)) + 1
    runner.shared.graphs.pop(root.id, None)
    runner.engine.run(
        "INSERT INTO _account.graph_versions VALUES (?, ?, ?, ?)",
        [root.id, version, runner.now(), json.dumps(_tasks(runner, root))],
    )
    return version


def is_as_in(runner: Runner, root: Entry, version: int) -> bool:
    """Is the graph now what it was in a version?"""
    now: list[dict[str, Any]] = json.loads(json.dumps(_tasks(runner, root)))
    return version_tasks(runner, root, version) == now


def _tasks(runner: Runner, root: Entry) -> list[dict[str, Any]]:
    return [_snapshot(runner.catalog.by_id(t.id) or t) for t in members(runner.catalog, root)]


def _snapshot(task: Entry) -> dict[str, Any]:
    kept = {k: v for k, v in task.properties.items() if k not in _NO_DEFINITION}
    if is_root(task):
        kept.pop("state", None)  # a root may be executed while it is suspended
    return {"id": task.id, "name": list(task.name.parts), **kept}


def newest_version(runner: Runner, root: Entry) -> tuple[int, list[dict[str, Any]]]:
    """The version that a run started now would pin; kept until another one is committed."""
    kept = runner.shared.graphs.get(root.id)
    if kept is None:
        rows = runner.engine.all(
            "SELECT version, tasks FROM _account.graph_versions WHERE root = ? ORDER BY version DESC LIMIT 1", [root.id]
        )
        kept = runner.shared.graphs[root.id] = int(str(rows[0][0])), json.loads(str(rows[0][1]))
    return kept


def last_committed(engine: Engine, task: Entry) -> object:
    """When a version of the task was fixed last; of a child, when it was resumed for one. None before the first."""
    if not is_root(task):
        resumed = task.properties.get("resumed_on")
        return datetime.fromisoformat(str(resumed)) if resumed else None
    found = engine.all("SELECT max(moment) FROM _account.graph_versions WHERE root = ?", [task.id])
    return found[0][0]


def version_tasks(runner: Runner, root: Entry, version: int) -> list[dict[str, Any]]:
    """The tasks of a version that a run has pinned."""
    rows = runner.engine.all(
        "SELECT tasks FROM _account.graph_versions WHERE root = ? AND version = ?", [root.id, version]
    )
    found: list[dict[str, Any]] = json.loads(str(rows[0][0]))
    return found


def overlaps(task: Entry) -> bool:
    """May a run begin while another one of the graph is under way? Roots only (reference A.2)."""
    policy = task.properties.get("OVERLAP_POLICY")
    if policy is None:
        return str(task.properties.get("ALLOW_OVERLAPPING_EXECUTION", "FALSE")).upper() == "TRUE"
    return str(policy).upper() != "NO_OVERLAP"


def require_suspended(runner: Runner, *names: ObjectName | str) -> None:
    """091421: a graph changes only while its root is suspended (reference A.4)."""
    for name in names:
        full = name if isinstance(name, ObjectName) else ObjectName.parse(name)
        entry = runner.catalog.find("TASK", full)
        if entry is None:
            continue
        for root in root_of(runner.catalog, entry):
            if root.properties["state"] == "started":
                raise sql_error("started_graph", root.name)


def resume(runner: Runner, entry: Entry) -> None:
    """Idempotent. The root's RESUME validates the graph and fixes its version (reference A.7)."""
    if not is_root(entry):
        require_suspended(runner, entry.name)
    if entry.properties["state"] == "started":
        return
    if sum(task.properties["state"] == "started" for task in runner.catalog.of("TASK")) >= MOST_RESUMED:
        raise sql_error("task", f"The account has {MOST_RESUMED} resumed tasks, which is the most there can be.")
    if is_root(entry):
        if problem := resume_problem(runner.catalog, entry):
            raise sql_error("task", problem)
        require_may_run(runner, entry)
        if is_triggered(entry):
            _check_trigger(entry)
        elif not entry.properties.get("SCHEDULE"):
            raise sql_error("task", f"Task {entry.name} has neither a schedule nor predecessors and cannot be resumed.")
    with runner.definition():
        changed = entry.with_(state="started", resumed_on=runner.now().isoformat(), suspended_reason=None)
        runner.catalog.change(runner.engine, changed)
        if is_root(entry):
            commit_version(runner, changed)
    runner.shared.wake()


def resume_with_dependents(runner: Runner, entry: Entry) -> None:
    """The task and everything below it, the task itself last (reference A.7). A finalizer is not below its root: whether
    Snowflake resumes it along is not documented."""
    below = [task for task in members(runner.catalog, entry) if not task.properties.get("FINALIZE")]
    for task in reversed(below):
        resume(runner, task)


def require_may_run(runner: Runner, entry: Entry) -> None:
    """The owner of a task needs EXECUTE TASK and its warehouse, or EXECUTE MANAGED TASK (reference A.14); the administrator has all."""
    grants = runner.shared.grants
    if entry.owner == ADMIN:
        return
    name = entry.properties.get("WAREHOUSE")
    for privilege in ("EXECUTE TASK", *(() if name else ("EXECUTE MANAGED TASK",))):
        if privilege not in grants.of_account(entry.owner):
            raise sql_error("execute_task", privilege)
    warehouse = runner.catalog.find("WAREHOUSE", ObjectName.parse(str(name))) if name else None
    if warehouse is not None and not {"USAGE", "OWNERSHIP"} & grants.privileges(entry.owner, warehouse):
        raise sql_error("missing", "Warehouse", warehouse.name)


def _check_trigger(entry: Entry) -> None:
    """The serverless form must say how soon it wants to be done (reference A.10; the words are ours)."""
    if not entry.properties.get("WAREHOUSE") and not entry.properties.get("TARGET_COMPLETION_INTERVAL"):
        raise sql_error("task", f"Triggered serverless task {entry.name} needs a TARGET_COMPLETION_INTERVAL.")
