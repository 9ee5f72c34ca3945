"""Reads the account's records and puts a Status together."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import resources

from snowpipe_deploy.live import Live
from snowpipe_deploy.model import Project, Record
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.runs import BAD, TaskRun, history, under_way
from snowpipe_deploy.session import Session, SqlError
from snowpipe_deploy.status.cause import Situation
from snowpipe_deploy.status.causes import explain
from snowpipe_deploy.status.model import DynamicTable, Graph, GraphRun, Load, Problem, Status, Stream, Task, TaskLine


def query(name: str, **values: str) -> str:
    """One of the readable queries in `queries/`, its {names} filled; it can be pasted into a worksheet."""
    text = resources.files("snowpipe_deploy.status").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return "\n".join(lines).strip().rstrip(";").format(**values)


def status(
    session: Session, project: Project, record: Record, live: Live, *, environment: str = "", last: int = 1, run: str = "",
    failed: bool = False,
) -> Status:  # fmt: skip
    """What stands and what ran: `last` runs of each graph, or the one with the id `run`."""
    database = project.scope.database
    if not live.exists:
        return Status(environment, database, "", notes=(f"database {database} is not there yet: `snowdeploy apply`",))
    if not record.entries:
        notes: tuple[str, ...] = ("nothing of this project is deployed here: `snowdeploy apply`",)
    else:
        notes = ()
    place = quote(database)
    tasks = {t.name: t for t in (_task(row) for row in session.execute(query("tasks", database=place)).dicts())}
    rows = history(session, database) if tasks else []
    graphs = tuple(
        _graph(session, database, root, tasks, rows, last, run, failed=failed) for root in _roots(tasks.values())
    )
    streams = tuple(_streams(session, place, tasks))
    tables = tuple(_dynamic_table(row) for row in session.execute(query("dynamic_tables", database=place)).dicts())
    loads = tuple(_loads(session, place, project))
    found = Status(environment, database, record.deployment, graphs, streams, tables, loads)
    return Status(
        environment, database, record.deployment, graphs, streams, tables, loads, tuple(_problems(found)), notes
    )


def _task(row: Mapping[str, object]) -> Task:
    schema = str(row["schema_name"])
    relations = json.loads(str(row.get("task_relations") or "{}"))
    final = relations.get("FinalizedRootTask")
    return Task(
        ObjectName((schema, str(row["name"]))), str(row.get("id") or ""), str(row["state"]), str(row.get("schedule") or ""),
        str(row.get("condition") or ""),
        tuple(ObjectName((schema, ObjectName.parse(n).last)) for n in json.loads(str(row.get("predecessors") or "[]"))),
        ObjectName((schema, ObjectName.parse(str(final)).last)) if final else None,
        str(row.get("last_suspended_on") or ""), str(row.get("last_suspended_reason") or ""),
    )  # fmt: skip


def _roots(tasks: Iterable[Task]) -> list[Task]:
    return sorted((t for t in tasks if not t.after and t.finalizes is None), key=lambda t: t.name)


def _members(root: Task, tasks: Mapping[ObjectName, Task]) -> tuple[Task, ...]:
    """The root and all below it, each after what it needs; the finalizer last."""
    order, left = [root], {t.name: t for t in tasks.values() if t.after}
    while True:
        known = {t.name for t in order}
        inside = [t for t in left.values() if any(a in known for a in t.after)]
        ready = sorted((t for t in inside if not any(a in left for a in t.after)), key=lambda t: t.name)
        if not ready:
            break
        order += ready
        for task in ready:
            del left[task.name]
    return (*order, *(t for t in tasks.values() if t.finalizes == root.name))


def _graph(
    session: Session, database: str, root: Task, tasks: Mapping[ObjectName, Task], rows: list[TaskRun], last: int, run: str,
    *, failed: bool,
) -> Graph:  # fmt: skip
    order = _members(root, tasks)
    mine = [r for r in rows if r.root_id == root.id]
    due = [
        r.scheduled for r in mine if r.state == "SCHEDULED" and r.origin == "SCHEDULE" and not r.started and r.scheduled
    ]
    groups: dict[str, list[TaskRun]] = {}
    for row in mine:
        if row.group and (not run or row.group == run):
            groups.setdefault(row.group, []).append(row)
    newest = sorted(groups, key=lambda g: max(r.run_id for r in groups[g]), reverse=True)
    if failed:
        newest = [g for g in newest if any(r.state in BAD for r in groups[g])]
    running = under_way(session, database, root.name) if newest else set()
    shown = tuple(_run(g, groups[g], order, over=g not in running) for g in newest[:last])
    return Graph(root, order, min(due) if due else None, shown)


def _run(group: str, rows: list[TaskRun], order: tuple[Task, ...], *, over: bool) -> GraphRun:
    newest: dict[ObjectName, TaskRun] = {}
    for row in sorted(rows, key=lambda r: r.attempt):
        newest[row.name] = row
    by_name = {task.name: task for task in order}
    lines = []
    for task in order:
        found = newest.get(task.name)
        situation = Situation(task, found, newest, by_name, over)
        lines.append(TaskLine(task, found, found.state if found else "", explain(situation)))
    starts = [r.started for r in newest.values() if r.started]
    ends = [r.completed for r in newest.values() if r.completed]
    began = min(starts) if starts else rows[0].scheduled
    seconds = (max(ends) - began).total_seconds() if began and ends else None
    root = newest.get(order[0].name)
    return GraphRun(group, _state(newest.values(), root, over=over), rows[0].origin, began, seconds, tuple(lines))


def _state(rows: Iterable[TaskRun], root: TaskRun | None, *, over: bool) -> str:
    states = {row.state for row in rows}
    if not over:
        return "EXECUTING"
    if states & {"FAILED", "FAILED_AND_AUTO_SUSPENDED"}:
        return "FAILED"
    if "CANCELLED" in states:
        return "CANCELLED"
    return "SKIPPED" if root is not None and root.state == "SKIPPED" else "SUCCEEDED"


def _streams(session: Session, place: str, tasks: Mapping[ObjectName, Task]) -> list[Stream]:
    rows = session.execute(query("streams", database=place)).dicts()
    names = [
        f"{row['database_name']}.{row['schema_name']}.{row['name']}" for row in rows if str(row["stale"]) != "true"
    ]
    data: dict[str, bool] = {}
    if names:
        asked = ", ".join(f"SYSTEM$STREAM_HAS_DATA({literal(name)})" for name in names)
        data = dict(zip(names, (bool(v) for v in session.execute(f"SELECT {asked}").rows[0]), strict=True))
    del tasks
    return [
        Stream(
            ObjectName((str(row["schema_name"]), str(row["name"]))), str(row["table_name"]).partition(".")[2] or str(row["table_name"]),
            data.get(f"{row['database_name']}.{row['schema_name']}.{row['name']}"), _moment(row.get("stale_after")),
            str(row["stale"]) == "true",
        )
        for row in rows
    ]  # fmt: skip


def _moment(value: object) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value or "")


def _dynamic_table(row: Mapping[str, object]) -> DynamicTable:
    name = ObjectName((str(row["schema_name"]), str(row["name"])))
    scheduler = "" if str(row.get("scheduler") or "ENABLE").upper() != "DISABLE" else ", refreshed by hand or by a task"
    return DynamicTable(
        name, f"{row.get('scheduling_state') or ''}{scheduler}", str(row.get("refresh_mode") or ""),
        str(row.get("refresh_mode_reason") or ""), str(row.get("data_timestamp") or ""),
    )  # fmt: skip


def _loads(session: Session, place: str, project: Project) -> list[Load]:
    """The last files of each table that a COPY of the project loads."""
    tables = sorted({
        r.name for thing in project.objects for r in thing.references
        if r.access == "writes" and any(o.kind == "STAGE" for o in thing.references)
    } & {t.key.name for t in project.objects if t.key.kind == "TABLE"})  # fmt: skip
    found = []
    for table in tables:
        name = f"{place}.{table}"
        try:
            rows = session.execute(query("loads", database=place, table=literal(name))).dicts()
        except SqlError:
            continue
        for row in rows:
            at = row["LAST_LOAD_TIME"]
            found.append(
                Load(
                    table, str(row["FILE_NAME"]), str(row["STATUS"]), int(str(row["ROW_COUNT"] or 0)),
                    int(str(row["ERROR_COUNT"] or 0)), at if isinstance(at, datetime) else None, str(row["FIRST_ERROR_MESSAGE"] or ""),
                )
            )  # fmt: skip
    return found


def _suspended_member(task: Task) -> Problem:
    cause = task.suspended_reason or "never resumed"
    return Problem(
        str(task.name), "task is suspended inside a started graph", cause, f"snowdeploy apply --resume {task.name}"
    )


def _problems(found: Status) -> list[Problem]:
    """What a person should act on, each with the command to type."""
    problems = []
    for graph in found.graphs:
        name = str(graph.root.name)
        if graph.root.state == "suspended":
            why = {"SUSPENDED_DUE_TO_ERRORS": "after repeated failures", "USER_SUSPENDED": "by a statement"}
            since = f" since {graph.root.suspended_on}" if graph.root.suspended_on else ""
            words = why.get(graph.root.suspended_reason, graph.root.suspended_reason.lower() or "and never resumed")
            cause = f"suspended{since} {words}"
            problems.append(
                Problem(
                    name, "root task is suspended: nothing is scheduled", cause, f"snowdeploy apply --resume {name}"
                )
            )
        problems += [
            _suspended_member(t) for t in graph.order[1:] if t.state == "suspended" and graph.root.state == "started"
        ]
        if graph.runs:
            problems += [
                Problem(
                    str(line.task.name),
                    f"{line.state.lower()} in run {graph.runs[0].id}",
                    line.reason,
                    f"snowdeploy run {name}",
                )
                for line in graph.runs[0].tasks
                if line.state in BAD
            ]
    problems += [
        Problem(
            str(s.name),
            "stream is stale: its changes can no longer be read",
            f"source {s.source}",
            "recreate it: its position is lost",
        )
        for s in found.streams
        if s.stale
    ]
    problems += [
        Problem(
            str(load.table),
            f"{load.file}: {load.status.lower()}",
            f"{load.errors} rows lost: {load.message}",
            "mend the file and put it again",
        )
        for load in found.loads
        if load.errors
    ]
    return problems
