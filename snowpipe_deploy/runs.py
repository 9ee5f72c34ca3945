"""Starts and follows task graph runs, by what the account records."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from snowpipe_deploy.model import Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.session import Result, Session, SqlError, aware, moment

_HISTORY = (
    "SELECT NAME, SCHEMA_NAME, STATE, ERROR_CODE, ERROR_MESSAGE, SCHEDULED_TIME, QUERY_START_TIME, COMPLETED_TIME, QUERY_ID, "
    "RUN_ID, TO_VARCHAR(GRAPH_RUN_GROUP_ID) AS RUN_GROUP, SCHEDULED_FROM, ROOT_TASK_ID, RETURN_VALUE, ATTEMPT_NUMBER, CONDITION_TEXT, "
    "GRAPH_VERSION, NEXT_SCHEDULED_TIME, CONFIG "
    "FROM TABLE({database}.INFORMATION_SCHEMA.TASK_HISTORY(DATABASE_NAME => {name}, RESULT_LIMIT => {limit}{root}))"
)
FAILED = frozenset({"FAILED", "FAILED_AND_AUTO_SUSPENDED"})
BAD = FAILED | {"CANCELLED"}


@dataclass(frozen=True, slots=True)
class TaskRun:
    """One task in one run, as TASK_HISTORY has it."""

    name: ObjectName
    state: str
    group: str
    run_id: int
    root_id: str
    origin: str
    scheduled: datetime | None
    started: datetime | None
    completed: datetime | None
    query_id: str
    error_code: str
    error: str
    returned: str
    condition: str
    attempt: int
    version: int | None = None
    next_scheduled: datetime | None = None
    config: str = ""

    @property
    def seconds(self) -> float | None:
        return (self.completed - self.started).total_seconds() if self.started and self.completed else None


def history(session: Session, database: str, *, limit: int = 1000, root_id: str = "") -> list[TaskRun]:
    """Runs of the last seven days, newest first."""
    root = f", ROOT_TASK_ID => {literal(root_id)}" if root_id else ""
    return task_runs(
        session.execute(_HISTORY.format(database=quote(database), name=literal(database), limit=limit, root=root))
    )


_COLUMNS = (
    "SCHEMA_NAME", "NAME", "STATE", "RUN_GROUP", "RUN_ID", "ROOT_TASK_ID", "SCHEDULED_FROM", "SCHEDULED_TIME",
    "QUERY_START_TIME", "COMPLETED_TIME", "QUERY_ID", "ERROR_CODE", "ERROR_MESSAGE", "RETURN_VALUE", "CONDITION_TEXT",
    "ATTEMPT_NUMBER", "GRAPH_VERSION", "NEXT_SCHEDULED_TIME", "CONFIG",
)  # fmt: skip


def task_runs(result: Result) -> list[TaskRun]:
    """The rows of a history with these columns, whatever their order."""
    places = [result.columns.index(column) for column in _COLUMNS]
    names: dict[tuple[object, object], ObjectName] = {}  # a history has ten thousand rows of a few tasks
    return [_run([row[i] for i in places], names) for row in result.rows]


def _run(values: Sequence[object], names: dict[tuple[object, object], ObjectName]) -> TaskRun:
    (schema, name, state, group, run_id, root, origin, scheduled, started, completed, query, code, error, returned, condition,
     attempt, version, following, config) = values  # fmt: skip
    of = names.get((schema, name))
    if of is None:
        of = names[schema, name] = ObjectName((_text(schema), _text(name)))
    return TaskRun(
        of, _text(state), _text(group), int(_text(run_id) or 0), _text(root), _text(origin),
        moment(scheduled), moment(started), moment(completed), _text(query), _text(code), _text(error), _text(returned),
        _text(condition), int(_text(attempt) or 1), None if version is None else int(_text(version)), moment(following),
        _text(config),
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value)


def now(session: Session) -> datetime:
    """By the account's clock, not by ours."""
    return aware(session.execute("SELECT CURRENT_TIMESTAMP()").scalar())


def start(session: Session, task: ObjectName, config: Mapping[str, str] | None = None) -> None:
    """EXECUTE TASK: asynchronous, the statement returns when the run is scheduled."""
    using = f" USING CONFIG = {literal(json.dumps(dict(config)))}" if config else ""
    session.execute(f"EXECUTE TASK {task}{using}")


def retry(session: Session, task: ObjectName) -> None:
    """EXECUTE TASK … RETRY LAST: the failed tasks of the last run and those below them, as one more attempt of that run."""
    session.execute(f"EXECUTE TASK {task} RETRY LAST")


def suspended_on(session: Session, scope: Scope, task: ObjectName) -> tuple[datetime | None, datetime]:
    """When a task was suspended last, also if it is started again, and now: both by the account's clock."""
    shown, clock = session.together([
        f"SHOW TASKS LIKE {literal(task.last)} IN SCHEMA {scope.full(task.parent)}", "SELECT CURRENT_TIMESTAMP()",
    ])  # fmt: skip
    if isinstance(shown, SqlError):
        raise shown
    if isinstance(clock, SqlError):
        raise clock
    found = [row["last_suspended_on"] for row in shown.dicts() if row["name"] == task.last]
    return aware(found[0]) if found and found[0] else None, aware(clock.scalar())


def under_way(session: Session, database: str, root: ObjectName) -> set[str]:
    """Groups of the root's runs that are scheduled for now or executing."""
    rows = session.execute(
        f"SELECT TO_VARCHAR(GRAPH_RUN_GROUP_ID) AS G FROM TABLE({quote(database)}.INFORMATION_SCHEMA.CURRENT_TASK_GRAPHS("
        f"ROOT_TASK_NAME => {literal(root.last)})) WHERE DATABASE_NAME = {literal(database)} AND SCHEMA_NAME = {literal(root.parts[0])} "
        "AND (STATE = 'EXECUTING' OR SCHEDULED_FROM <> 'SCHEDULE')"
    ).rows
    return {str(row[0]) for row in rows}


def follow(
    session: Session,
    database: str,
    root: ObjectName,
    root_id: str,
    before: set[str],
    *,
    attempt: int = 0,
    pause: float = 0.2,
    patience: float = 60.0,
) -> Iterator[list[TaskRun]]:
    """The task rows of the newest run that is not in `before`, each time something changed, until it has ended.

    Only rows of a later attempt than `attempt` count: a retry goes on with a run that there was before.
    Gives up after `patience` seconds in which no such run appears.
    """
    seen: list[TaskRun] = []
    deadline = time.monotonic() + patience
    while True:
        running = under_way(session, database, root)
        rows = [
            r
            for r in history(session, database, root_id=root_id)
            if r.group not in before | {""} and r.attempt > attempt
        ]
        group = max((r.run_id, r.group) for r in rows)[1] if rows else ""
        now = sorted((r for r in rows if r.group == group), key=lambda r: (r.started is None, r.started, r.completed))
        if now != seen:
            seen = now
            yield now
        if now and group not in running:
            return
        if not now and time.monotonic() > deadline:
            return
        time.sleep(pause)
