"""CREATE, ALTER and DROP TASK, EXECUTE TASK (reference A)."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.graphs import (
    FAILED,
    commit_version,
    require_may_run,
    require_suspended,
    resume,
    resume_problem,
)
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    created,
    existing,
    full_name,
    new_entry,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.schedule import parse_schedule
from snowpipe_deploy.sqltext.head import Cursor, Head

_KNOWN = frozenset({
    "WAREHOUSE", "SCHEDULE", "CONFIG", "USER_TASK_TIMEOUT_MS", "SUSPEND_TASK_AFTER_NUM_FAILURES", "FINALIZE", "AFTER", "WHEN",
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE", "OVERLAP_POLICY", "ALLOW_OVERLAPPING_EXECUTION",
    "ERROR_INTEGRATION", "SUCCESS_INTEGRATION", "LOG_LEVEL", "TASK_AUTO_RETRY_ATTEMPTS",
    "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", "TARGET_COMPLETION_INTERVAL",
})  # fmt: skip
_ROOT_ONLY = frozenset({"OVERLAP_POLICY", "ALLOW_OVERLAPPING_EXECUTION", "TASK_AUTO_RETRY_ATTEMPTS", "CONFIG"})
_DONE = "Statement executed successfully."


def _properties(runner: Runner, head: Head, name: ObjectName) -> dict[str, Any]:
    clauses = dict(head.clauses)
    clauses.pop("COMMENT", None)
    if extra := clauses.keys() - _KNOWN:
        raise unsupported(f"task property {', '.join(sorted(extra))}")
    if head.unknown:
        raise unsupported(f"session parameter {head.unknown[0][0]} of a task")
    if not head.body:
        raise sql_error("syntax", "syntax error: a task needs AS and a statement")
    found: dict[str, Any] = {**clauses, "body": head.body.rstrip().rstrip(";").rstrip(), "state": "suspended"}
    if "AFTER" in clauses:
        found["AFTER"] = [str(_member(runner, name, part)) for part in clauses["AFTER"]]
    if "FINALIZE" in clauses:
        found["FINALIZE"] = str(_member(runner, name, str(clauses["FINALIZE"])))
    _check(runner, found)
    return found


def _member(runner: Runner, task: ObjectName, other: str) -> ObjectName:
    """A task named in AFTER or FINALIZE; all tasks of a graph are in one schema (reference A.5)."""
    named = ObjectName.parse(other)
    full = named.within(*task.parts[:2])
    entry = runner.catalog.find("TASK", full)
    if entry is None or full.parts[:2] != task.parts[:2]:
        raise sql_error("predecessor", full)
    return full


def _check(runner: Runner, found: dict[str, Any]) -> None:
    child = bool(found.get("AFTER"))
    for name in found.get("AFTER") or ():
        above = runner.catalog.find("TASK", ObjectName.parse(name))
        if above is not None and above.properties.get("FINALIZE"):
            raise sql_error("task", f"Finalizer task {name} cannot have child tasks.")
    if found.get("SCHEDULE") is not None:
        if child or found.get("FINALIZE"):
            raise sql_error("task", "Task with a predecessor or FINALIZE cannot have a schedule.")
        try:
            parse_schedule(str(found["SCHEDULE"]))
        except ValueError as error:
            raise sql_error("task", f"Invalid schedule: {error}.") from error
    if found.get("FINALIZE") is not None:
        if child:
            raise sql_error("task", "A finalizer cannot have predecessors.")
        root = runner.catalog.get("TASK", ObjectName.parse(found["FINALIZE"]))
        if root.properties.get("AFTER"):
            raise sql_error("task", "cannot finalize a non-root task")
    if child or found.get("FINALIZE"):
        for word in _ROOT_ONLY & found.keys():
            shown = "allow_overlapping_execution" if "OVERLAP" in word else word.lower()
            raise sql_error("task", f"Cannot set {shown} on non-root task")
    _check_numbers(found)
    if found.get("TARGET_COMPLETION_INTERVAL") is not None and found.get("WAREHOUSE") is not None:
        raise sql_error("serverless_only", "TARGET_COMPLETION_INTERVAL")
    policy = str(found.get("OVERLAP_POLICY") or "NO_OVERLAP").upper()
    if policy not in {"NO_OVERLAP", "ALLOW_CHILD_OVERLAP", "ALLOW_ALL_OVERLAP"}:
        raise sql_error("task", f"Invalid value {policy} for OVERLAP_POLICY.")
    if found.get("CONFIG") is not None:
        try:
            json.loads(str(found["CONFIG"]))
        except ValueError as error:
            raise sql_error("task", f"CONFIG is not valid JSON: {error}") from error


# the ranges of reference A.2; SUSPEND_TASK_AFTER_NUM_FAILURES has no upper end
_RANGES = {
    "USER_TASK_TIMEOUT_MS": (0, 604_800_000), "TASK_AUTO_RETRY_ATTEMPTS": (0, 30),
    "SUSPEND_TASK_AFTER_NUM_FAILURES": (0, None), "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS": (10, 604_800),
}  # fmt: skip


def _check_numbers(found: dict[str, Any]) -> None:
    for word, (low, high) in _RANGES.items():
        if (text := found.get(word)) is None:
            continue
        if not str(text).isdigit() or int(str(text)) < low or (high is not None and int(str(text)) > high):
            raise sql_error("task", f"Invalid value {text} for parameter {word}.")


def create_task(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties = _properties(runner, head, name)
    require_suspended(runner, name, *properties.get("AFTER", ()), *filter(None, [properties.get("FINALIZE")]))
    if properties.get("FINALIZE"):
        other = [
            t
            for t in runner.catalog.of("TASK", name.parts[:2])
            if t.properties.get("FINALIZE") == properties["FINALIZE"]
        ]
        if any(t.name != name for t in other):
            raise sql_error("task", f"Root task {properties['FINALIZE']} already has a finalizer.")
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            kept = {**properties, "state": found.properties["state"], "committed_on": runner.now().isoformat()}
            comment = str(head.clauses.get("COMMENT", ""))
            runner.catalog.change(runner.engine, replace(found, properties=kept, comment=comment, text=head.text))
            return created(head, name)
        if found is not None:
            removal.remove(runner, found)
        runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
    return created(head, name)


def alter_task(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    if "IF EXISTS" in head.modifiers and runner.catalog.find("TASK", name) is None:
        return status(_DONE)
    entry = runner.catalog.get("TASK", name)
    cursor = Cursor(head.rest)
    if cursor.accept("RESUME"):
        resume(runner, entry)
        return status(_DONE)
    if cursor.accept("SUSPEND"):
        return _suspend(runner, entry)
    require_suspended(runner, name)
    changed = _altered(runner, entry, cursor, head)
    with runner.definition():
        runner.catalog.change(runner.engine, changed.with_(committed_on=runner.now().isoformat()))
    return status(_DONE)


def _altered(runner: Runner, entry: Entry, cursor: Cursor, head: Head) -> Entry:
    name = entry.name
    if cursor.accept_any("ADD AFTER"):
        new = [str(_member(runner, name, str(n))) for n in cursor.names()]
        require_suspended(runner, *new)
        changed = entry.with_(AFTER=list(dict.fromkeys([*entry.properties.get("AFTER", ()), *new])))
        _check(runner, dict(changed.properties))
        return changed
    if cursor.accept("REMOVE", "AFTER"):
        gone = {str(n.within(*name.parts[:2])) for n in cursor.names()}
        return entry.with_(AFTER=[p for p in entry.properties.get("AFTER", ()) if p not in gone])
    if cursor.accept("SET", "FINALIZE"):
        cursor.accept("=")
        root = _member(runner, name, str(cursor.name()))
        require_suspended(runner, root)
        changed = entry.with_(FINALIZE=str(root))
        _check(runner, dict(changed.properties))
        return changed
    if cursor.accept("UNSET", "FINALIZE"):
        return entry.with_(FINALIZE=None)
    if cursor.accept("MODIFY", "AS"):
        return entry.with_(body=cursor.rest.rstrip().rstrip(";").rstrip())
    if cursor.accept("MODIFY", "WHEN"):
        return entry.with_(WHEN=cursor.rest.strip())
    if cursor.accept("REMOVE", "WHEN"):
        return entry.with_(WHEN=None)
    if cursor.accept("UNSET"):
        gone_words = words(cursor)
        comment = "" if "COMMENT" in gone_words else entry.comment
        return replace(entry.with_(**dict.fromkeys(gone_words)), comment=comment)
    if cursor.accept("SET"):
        options = settings(cursor)
        if extra := options.keys() - _KNOWN - {"COMMENT"}:
            raise unsupported(f"ALTER TASK SET {', '.join(sorted(extra))}")
        comment = options.pop("COMMENT", entry.comment)
        changed = replace(entry.with_(**options), comment=comment)
        _check(runner, dict(changed.properties))
        return changed
    raise unsupported(f"ALTER TASK {head.rest[:40]}")


def _suspend(runner: Runner, entry: Entry) -> Answer:
    if entry.properties.get("AFTER") or entry.properties.get("FINALIZE"):
        require_suspended(runner, entry.name)
    if entry.properties["state"] == "suspended":
        return status(_DONE)
    with runner.definition():
        runner.catalog.change(
            runner.engine,
            entry.with_(state="suspended", suspended_on=runner.now().isoformat(), suspended_reason="USER_SUSPENDED"),
        )
    return status(_DONE)


def execute_task(runner: Runner, head: Head) -> Answer:
    """Asynchronous: the run is scheduled, a thread of the account works it off (reference A.11)."""
    cursor = Cursor(head.text)
    cursor.expect("EXECUTE", "TASK")
    entry = runner.catalog.get("TASK", runner.full(cursor.name()))
    runner.require(entry, "OPERATE")
    require_may_run(runner, entry)
    if entry.properties.get("AFTER") or entry.properties.get("FINALIZE"):
        raise sql_error("task", f"Task {entry.name} is not a root task and cannot be executed.")
    config = None
    if cursor.accept("USING", "CONFIG"):
        cursor.accept("=")
        config = json.loads(cursor.take().value)
    elif cursor.accept("RETRY", "LAST"):
        return _retry(runner, entry, cursor)
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    if problem := resume_problem(runner.catalog, entry):
        raise sql_error("task", problem)
    with runner.definition():
        commit_version(runner, entry)
    runner.shared.schedule_run(entry, "EXECUTE_TASK", runner.now(), config)
    return status(f"Task {entry.name.last} is scheduled to run immediately.")


def _retry(runner: Runner, root: Entry, cursor: Cursor) -> Answer:
    """The failed tasks of the last run and those below them, as one more attempt of it (reference A.11)."""
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    last = runner.engine.all(
        "SELECT run_group, graph_version, min(scheduled) FROM _account.task_runs WHERE root = ? "
        "GROUP BY ALL ORDER BY max(ordinal) DESC LIMIT 1", [root.id],
    )  # fmt: skip
    unsuitable = f"Cannot perform retry: no suitable run of graph with root task {root.name.last} to retry."
    if not last:
        raise sql_error("task", unsuitable)
    group, version, first = str(last[0][0]), int(str(last[0][1])), last[0][2]
    with runner.definition():
        newest = commit_version(runner, root)
    is_old = isinstance(first, datetime) and first < runner.now() - timedelta(days=14)
    if newest != version or is_old or any(run.group == group for run in runner.shared.active_runs()):
        raise sql_error("task", unsuitable)
    states = runner.engine.all(
        "SELECT state FROM _account.task_runs WHERE run_group = ? QUALIFY row_number() OVER (PARTITION BY task ORDER BY "
        "attempt DESC) = 1", [group],
    )  # fmt: skip
    if not {str(state) for (state,) in states} & FAILED:
        raise sql_error(
            "task", f"Cannot perform retry: last run of graph with root task {root.name.last} had no failures."
        )
    runner.shared.retry_run(root, group)
    return status(f"Task {root.name.last} is scheduled to run immediately.")


HANDLERS = {
    ("CREATE", "TASK"): create_task,
    ("ALTER", "TASK"): alter_task,
    ("EXECUTE", "TASK"): execute_task,
}
