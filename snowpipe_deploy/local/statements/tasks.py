"""CREATE, ALTER and DROP TASK, EXECUTE TASK (reference A)."""

from dataclasses import replace
from datetime import datetime, timedelta

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.graphs import (
    FAILED,
    commit_version,
    is_as_in,
    require_may_run,
    require_suspended,
    resume,
    resume_problem,
)
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements import _later
from snowpipe_deploy.local.statements import _task_clauses as clauses
from snowpipe_deploy.local.statements._common import (
    created,
    ended,
    existing,
    full_name,
    new_entry,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.sqltext.head import Cursor, Head

_DONE = "Statement executed successfully."


def create_task(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    if head.modifiers >= {"OR ALTER", "IF NOT EXISTS"}:
        raise sql_error("syntax", "syntax error: CREATE OR ALTER TASK has no IF NOT EXISTS")
    clauses.check_form(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties = clauses.properties(runner, head, name)
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
    entry = runner.catalog.get("TASK", name)
    cursor = Cursor(head.rest)
    if cursor.accept("RESUME"):
        ended(cursor)
        resume(runner, entry)
        return status(_DONE)
    if cursor.accept("SUSPEND"):
        ended(cursor)
        return _suspend(runner, entry)
    require_suspended(runner, name)
    changed = _altered(runner, entry, cursor, head)
    with runner.definition():
        runner.catalog.change(runner.engine, changed.with_(committed_on=runner.now().isoformat()))
    return status(_DONE)


def _altered(runner: Runner, entry: Entry, cursor: Cursor, head: Head) -> Entry:
    name = entry.name
    if cursor.accept_any("ADD AFTER"):
        new = [str(clauses.member(runner, name, str(n))) for n in cursor.names()]
        require_suspended(runner, *new)
        changed = entry.with_(AFTER=list(dict.fromkeys([*entry.properties.get("AFTER", ()), *new])))
        clauses.check(runner, changed.properties, name, entry.owner)
        return changed
    if cursor.accept("REMOVE", "AFTER"):
        gone = {str(n.within(*name.parts[:2])) for n in cursor.names()}
        before = entry.properties.get("AFTER", ())
        left = [p for p in before if p not in gone]
        return entry.with_(AFTER=left, **({} if left or not before else removal.stands_alone("CHILD_BECAME_ROOT")))
    if cursor.accept("SET", "FINALIZE"):
        cursor.accept("=")
        root = clauses.member(runner, name, str(cursor.name()))
        require_suspended(runner, root)
        changed = entry.with_(FINALIZE=str(root))
        clauses.check(runner, changed.properties, name, entry.owner)
        return changed
    if cursor.accept("UNSET", "FINALIZE"):
        ended(cursor)
        alone = removal.stands_alone("FINALIZER_BECAME_ROOT") if entry.properties.get("FINALIZE") else {}
        return entry.with_(FINALIZE=None, **alone)
    if cursor.accept("MODIFY", "AS"):
        _later.check(cursor.rest)
        return entry.with_(body=cursor.rest.rstrip().rstrip(";").rstrip())
    if cursor.accept("MODIFY", "WHEN"):
        condition = cursor.rest.strip()
        clauses.check_condition(condition)
        return entry.with_(WHEN=condition)
    if cursor.accept("REMOVE", "WHEN"):
        ended(cursor)
        return entry.with_(WHEN=None)
    if cursor.accept("UNSET"):
        gone_words = words(cursor)
        kept = {k: v for k, v in entry.properties.get("session", {}).items() if k not in gone_words}
        comment = "" if "COMMENT" in gone_words else entry.comment
        return replace(entry.with_(**dict.fromkeys(gone_words), session=kept or None), comment=comment)
    if cursor.accept("SET"):
        if word := cursor.accept_any("CONTACT", "EXECUTE AS USER"):
            raise unsupported(f"ALTER TASK SET {word}")
        options = settings(cursor)
        comment = options.pop("COMMENT", entry.comment)
        session = {word: clauses.session_value(word, options.pop(word)) for word in options.keys() - clauses.KNOWN}
        session = {**entry.properties.get("session", {}), **session}
        changed = replace(entry.with_(**options, session=session or None), comment=comment)
        clauses.check(runner, changed.properties, name, entry.owner)
        return changed
    if cursor.sees("RENAME"):
        raise sql_error("syntax", "syntax error: a task cannot be renamed")
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
    if (
        cursor.sees("GRAPH")
        and cursor.peek(1).kind in {"word", "quoted"}
        and cursor.peek(1).upper not in {"USING", "RETRY"}
    ):
        raise unsupported("EXECUTE TASK GRAPH")
    entry = runner.catalog.get("TASK", runner.full(cursor.name()))
    runner.require(entry, "OPERATE")
    require_may_run(runner, entry)
    if entry.properties.get("AFTER") or entry.properties.get("FINALIZE"):
        raise sql_error("task", f"Task {entry.name} is not a root task and cannot be executed.")
    config = None
    if cursor.accept("USING", "CONFIG"):
        cursor.accept("=")
        config = clauses.config_object(cursor.take().value)
    elif cursor.accept("RETRY", "LAST"):
        return _retry(runner, entry, cursor)
    elif cursor.accept("RETRY", "GRAPH", "RUN", "GROUP"):
        return _retry(runner, entry, cursor, cursor.take().value)
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    if problem := resume_problem(runner.catalog, entry):
        raise sql_error("task", problem)
    with runner.definition():
        commit_version(runner, entry)
    runner.shared.schedule_run(entry, "EXECUTE_TASK", runner.now(), config)
    return status(f"Task {entry.name.last} is scheduled to run immediately.")


def _retry(runner: Runner, root: Entry, cursor: Cursor, wanted: str = "") -> Answer:
    """The failed tasks of the last run (or of the group) and those below them, as one more attempt of it (reference A.11)."""
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    last = runner.engine.all(
        "SELECT run_group, graph_version, min(scheduled) FROM _account.task_runs WHERE root = $root "
        "AND (run_group = $wanted OR $wanted = '') GROUP BY ALL ORDER BY max(ordinal) DESC LIMIT 1", {"root": root.id, "wanted": wanted},
    )  # fmt: skip
    unsuitable = f"Cannot perform retry: no suitable run of graph with root task {root.name.last} to retry."
    if not last:
        raise sql_error("task", unsuitable)
    group, version, first = str(last[0][0]), int(str(last[0][1])), last[0][2]
    is_old = isinstance(first, datetime) and first < runner.now() - timedelta(days=14)
    if not is_as_in(runner, root, version) or is_old or any(run.group == group for run in runner.shared.active_runs()):
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
