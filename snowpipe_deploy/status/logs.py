"""What one task did in one run: each attempt, and the statements that its body sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.model import Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.runs import TaskRun, task_runs
from snowpipe_deploy.session import Session, moment
from snowpipe_deploy.status.reading import NOT_THERE, UNSUPPORTED, Asked, Reader, query
from snowpipe_deploy.status.tasks import tasks as read_tasks

_MARGIN = timedelta(minutes=1)  # around a run, for clocks that differ
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement of a body; `seconds` and `rows` where the account says them."""

    query_id: str
    text: str
    started: datetime | None
    seconds: float | None
    rows: int | None
    error: str


@dataclass(frozen=True, slots=True)
class Logs:
    """The attempts of a task in a run, oldest first. `note` says what could not be read, `others` which runs there are."""

    task: ObjectName
    run: str
    attempts: tuple[TaskRun, ...]
    definition: str
    sent: tuple[Sent, ...] = ()
    note: str = ""
    others: tuple[str, ...] = ()


def logs(session: Session, scope: Scope, task: ObjectName, run: str = "") -> Logs:
    """Of the run with this id, or of the task's newest; raises UsageError where there is none. Three statements."""
    reader = Reader(session)
    name, definition = _found(reader, scope, task)
    place = {"database": quote(scope.database), "database_text": literal(scope.database)}
    answer = reader.read([Asked("runs", query("task_runs", **place, task_text=literal(name.last)))])["runs"]
    rows = [r for r in task_runs(answer) if r.name == name and r.group and r.started] if answer is not None else []
    groups = list(dict.fromkeys(r.group for r in rows))
    if not groups:
        raise UsageError(f"task {name} has not run within the last seven days", hint="snowdeploy status")
    group = run or groups[0]
    if group not in groups:
        known = ", ".join(groups[:_SHOWN])
        raise UsageError(f"task {name} has no run {group} within the last seven days", hint=f"its runs: {known}")
    attempts = tuple(sorted((r for r in rows if r.group == group), key=lambda r: r.attempt))
    sent, note = _sent(reader, scope, attempts)
    return Logs(name, group, attempts, definition, sent, note, tuple(g for g in groups if g != group))


def _found(reader: Reader, scope: Scope, task: ObjectName) -> tuple[ObjectName, str]:
    """The live task of this name, which may leave out its schema, and its body."""
    answer = reader.read([Asked("tasks", query("tasks", database=quote(scope.database)), NOT_THERE)])["tasks"]
    if answer is None:
        raise UsageError(f"database {scope.database} is not there yet", hint="snowdeploy apply")
    live = read_tasks(answer.dicts())
    wanted = task.parts[1:] if len(task.parts) == 3 else task.parts
    found = [name for name in live if name.parts[-len(wanted) :] == wanted]
    if len(found) == 1:
        return found[0], live[found[0]].definition
    names = ", ".join(str(name) for name in (found or sorted(live))[:_SHOWN])
    raise UsageError(
        f"there {'are several tasks' if found else 'is no task'} {task} in {scope.database}",
        hint=f"tasks: {names or 'none'}",
    )


def _sent(reader: Reader, scope: Scope, attempts: Sequence[TaskRun]) -> tuple[tuple[Sent, ...], str]:
    ids = [row.query_id for row in attempts if row.query_id]
    starts = [row.started for row in attempts if row.started]
    if not ids or not starts:
        return (), "its body did not begin: it has no query id"
    ends = [row.completed for row in attempts if row.completed]
    until = max(ends) if len(ends) == len(attempts) else max(starts) + timedelta(days=1)
    text = query(
        "statements", database=quote(scope.database), since=literal((min(starts) - _MARGIN).isoformat()),
        until=literal((until + _MARGIN).isoformat()), query_ids=", ".join(map(literal, ids)),
    )  # fmt: skip
    answer = reader.read([Asked("statements", text, UNSUPPORTED)])["statements"]
    if answer is None:
        return (), f"its statements cannot be read: {reader.errors['statements'].message}"
    found = tuple(_statement(row) for row in answer.dicts())
    return (
        found,
        "" if found else "its statements are not in QUERY_HISTORY: too long ago, or this role may not see them",
    )


def _statement(row: Mapping[str, object]) -> Sent:
    code, rows = row["ERROR_CODE"], row["ROWS_PRODUCED"]
    error = f"{int(str(code)):06d}: {row['ERROR_MESSAGE']}" if code is not None else ""
    elapsed = row["TOTAL_ELAPSED_TIME"]  # milliseconds
    return Sent(
        str(row["QUERY_ID"]), str(row["QUERY_TEXT"]), moment(row["START_TIME"]),
        None if elapsed is None else float(str(elapsed)) / 1000, None if rows is None else int(str(rows)), error,
    )  # fmt: skip


def innermost(sent: Iterable[Sent]) -> list[Sent]:
    """The statements without those that only hold others: a block, a CALL of the body as a whole."""
    every = list(sent)
    return [one for one in every if len(every) == 1 or not one.text.lstrip().upper().startswith(("BEGIN", "DECLARE"))]
