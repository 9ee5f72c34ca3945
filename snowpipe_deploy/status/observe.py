"""Reads the account's records, in at most twelve statements however much there is, and puts a Status together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from snowpipe_deploy.model import Project
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.runs import TaskRun, task_runs
from snowpipe_deploy.session import Result, Session, moment
from snowpipe_deploy.status import alerts, deployments, dynamic_tables, loads, pipes, problems, streams
from snowpipe_deploy.status.cause import Recorded, Sources
from snowpipe_deploy.status.deployments import Deployed
from snowpipe_deploy.status.graphs import History, Wanted, graph, histories, orders, roots, streak
from snowpipe_deploy.status.model import Status, Stream, Task
from snowpipe_deploy.status.reading import NOT_THERE, UNSUPPORTED, Asked, Reader, query
from snowpipe_deploy.status.tasks import tasks as read_tasks

LIMIT = 10_000  # rows of TASK_HISTORY at most (reference A.13)
_WEEK = timedelta(days=7)

Row = Mapping[str, object]
Answers = Mapping[str, Result | None]


def status(
    project: Project, session: Session, *, environment: str = "", last: int = 1, run: str = "", failed: bool = False,
    since: timedelta | None = None,
) -> Status:  # fmt: skip
    """What stands and what ran: `last` runs of each graph, those within `since`, or the one with the id `run`.

    Statements that do not need each other are sent at the same time. Beyond seven days the history comes from ACCOUNT_USAGE,
    which is 45 minutes late (reference A.13).
    """
    return _status(Reader(session), project, environment, Wanted(last, run, failed), since)


def _status(reader: Reader, project: Project, environment: str, wanted: Wanted, since: timedelta | None) -> Status:
    database = project.scope.database
    first = reader.read(_first(project, since))
    if first["tasks"] is None:
        missing = problems.of_database(database, _env(environment))
        return Status(environment, database, "", problems=(missing,), statements=tuple(reader.statements))
    rows = {
        name: answer.dicts() if answer is not None else [] for name, answer in first.items() if name != "task_history"
    }
    later = reader.read(_later(project, rows))
    notes = _notes(reader, first, since)
    told = later["now"]
    now = (moment(told.rows[0][0]) if told is not None else None) or datetime.now(UTC)
    record = deployments.deployed(rows["deployments"], now)
    if not record.objects:
        notes.append("nothing of this project is deployed here: `snowdeploy apply`")
    tasks = read_tasks(rows["tasks"])
    seen_streams = streams.streams(rows["streams"], _answers(rows["streams"], told, "S"), tasks.values(), project)
    history = first["task_history"]
    ran = task_runs(history) if history is not None else []
    known, by_root = _recorded(now, tasks, seen_streams, record, ran, rows["graphs_under_way"])
    known = replace(known, sources=sources(project))
    begins = now - since if since is not None else None
    chosen = Wanted(wanted.last, wanted.run, wanted.failed, begins)
    places = orders(tasks)
    graphs = tuple(graph(root, places[root.name], by_root[root.name], known, chosen) for root in roots(tasks.values()))
    if wanted.run and not any(g.runs for g in graphs):
        notes.append(
            f"run {wanted.run} is not in the history of {'these days' if since else 'the last seven days'}; try --since 30d"
        )
    found = Status(
        environment, database, record.live, graphs, tuple(seen_streams.values()),
        dynamic_tables.dynamic_tables(rows["dynamic_tables"], _dicts(later, "refreshes"), now), loads.loads(_dicts(later, "loads")),
        (), tuple(notes), pipes.pipes(rows["pipes"], _answers(rows["pipes"], told, "P")),
        alerts.alerts(rows["alerts"], _dicts(later, "alert_history")), tuple(reader.statements), now,
        str(told.rows[0][1] or "") if told is not None else "",
    )  # fmt: skip
    drift = deployments.drift(
        record, {"TASK": rows["tasks"], "STREAM": rows["streams"], "DYNAMIC TABLE": rows["dynamic_tables"]}, database
    )
    env = _env(environment)
    listed = [
        *problems.of_deployments(record, env), *(p for g in graphs for p in problems.of_graph(g, env)),
        *problems.of_streams(found.streams, tasks, now, env), *problems.of_pipes(found.pipes, database),
        *problems.of_dynamic_tables(found.dynamic_tables, database), *problems.of_alerts(found.alerts, database),
        *problems.of_loads(found.loads), *problems.of_drift(drift, env),
    ]  # fmt: skip
    shown = tuple(g for g in graphs if g.runs) if wanted.run else graphs
    return replace(found, problems=tuple(listed), graphs=shown)


def sources(project: Project) -> Sources:
    """The tasks and procedures of the project, to say at which line of which file a body failed."""
    return {(o.key.kind, o.key.name): o for o in project.objects if o.key.kind in {"TASK", "PROCEDURE"}}


def _env(environment: str) -> str:
    """For a command to type: named always, because another one may be the default of the shell it is typed into."""
    return f" --env {environment}" if environment else ""


def _first(project: Project, since: timedelta | None) -> list[Asked]:
    """What needs no other answer: eight statements."""
    database, text = quote(project.scope.database), literal(project.scope.database)
    if since is not None and since > _WEEK:
        history = query("task_history_of_a_year", database_text=text, seconds=str(int(since.total_seconds())))
    else:
        history = query("task_history", database=database, database_text=text)
    record = f"{database}.{quote(project.scope.record_schema)}"
    return [
        *(Asked(name, query(name, database=database), NOT_THERE) for name in ("tasks", "streams", "dynamic_tables")),
        *(Asked(name, query(name, database=database), NOT_THERE | UNSUPPORTED) for name in ("pipes", "alerts")),
        Asked("task_history", history, NOT_THERE if since is None or since <= _WEEK else frozenset()),
        Asked("graphs_under_way", query("graphs_under_way", database=database, database_text=text), NOT_THERE),
        Asked("deployments", query("deployments", record=record, project=literal(project.name)), NOT_THERE),
    ]  # fmt: skip


def _later(project: Project, rows: Mapping[str, Sequence[Row]]) -> list[Asked]:
    """What depends on what is there: four statements at most."""
    database, text = quote(project.scope.database), literal(project.scope.database)
    questions = [
        f"{streams.question(row)} AS S{i}" for i, row in _numbered(rows["streams"], streams.readable(rows["streams"]))
    ]
    questions += [f"{pipes.question(row)} AS P{i}" for i, row in enumerate(rows["pipes"])]
    asked = [Asked("now", query("now", asked="".join(f",\n    {q}" for q in questions)))]
    if rows["dynamic_tables"]:
        asked.append(Asked("refreshes", query("refreshes", database=database, database_text=text)))
    if rows["alerts"]:
        asked.append(Asked("alert_history", query("alert_history", database=database, database_text=text), UNSUPPORTED))
    recorded = deployments.tables(rows["deployments"])
    parts = [
        query(
            "loads",
            database=database,
            table_text=literal(str(table)),
            full_name=literal(str(project.scope.full(table))),
        )
        for table in loads.loaded_tables(project, recorded)
    ]
    if parts:
        asked.append(Asked("loads", "\nUNION ALL\n".join(parts), NOT_THERE))
    return asked


def _numbered(every: Sequence[Row], some: Sequence[Row]) -> list[tuple[int, Row]]:
    """The rows of `some` with their places in `every`."""
    places = {id(row): i for i, row in enumerate(every)}
    return [(places[id(row)], row) for row in some]


def _answers(rows: Sequence[Row], told: Result | None, letter: str) -> dict[ObjectName, object]:
    """The answers of `now` to the questions about these rows."""
    if told is None:
        return {}
    values = dict(zip(told.columns, told.rows[0], strict=True))
    return {streams.name_of(row): values[f"{letter}{i}"] for i, row in enumerate(rows) if f"{letter}{i}" in values}


def _dicts(answers: Answers, name: str) -> list[dict[str, object]]:
    found = answers.get(name)
    return found.dicts() if found is not None else []


def _notes(reader: Reader, first: Answers, since: timedelta | None) -> list[str]:
    notes = [
        f"{name.replace('_', ' ')}: {error.message}"
        for name, error in reader.errors.items()
        if name in {"pipes", "alerts", "alert_history", "loads"}
    ]
    if since is not None and since > _WEEK:
        notes.append("runs are read from ACCOUNT_USAGE, which is up to 45 minutes late: the newest may be missing")
    history = first["task_history"]
    if history is not None and len(history.rows) >= LIMIT and (since is None or since <= _WEEK):
        notes.append(
            f"the account has more than {LIMIT:,} task runs of the last seven days: only the newest of them are looked at"
        )
    return notes


def _recorded(
    now: datetime, tasks: Mapping[ObjectName, Task], seen_streams: Mapping[ObjectName, Stream], record: Deployed,
    ran: Sequence[TaskRun], current: Sequence[Row],
) -> tuple[Recorded, dict[ObjectName, History]]:  # fmt: skip
    """Everything that a cause may ask for."""
    under_way: dict[ObjectName, frozenset[str]] = {}
    upcoming: dict[ObjectName, datetime] = {}
    for row in current:
        due, name = moment(row["SCHEDULED_TIME"]), ObjectName((str(row["SCHEMA_NAME"]), str(row["ROOT_TASK_NAME"])))
        if row["STATE"] != "EXECUTING" and due is not None and due > now:
            upcoming[name] = min(due, upcoming.get(name, due))
            continue
        if row["RUN_GROUP"] is None:
            continue
        under_way[name] = under_way.get(name, frozenset()) | {str(row["RUN_GROUP"])}
    by_root = histories(ran, under_way, upcoming, tasks, now)
    versions: dict[ObjectName, int] = {}
    started: dict[ObjectName, tuple[datetime, ...]] = {}
    for name, history in by_root.items():
        rows = [row for group in history.order for row in history.groups[group]]
        found = [row.version for row in rows if row.version is not None]
        if found:
            versions[name] = max(found)
        started[name] = tuple(row.scheduled for row in rows if row.scheduled is not None and row.name == name)
    known = Recorded(
        now, tasks, seen_streams, record.steps, record.cancels,
        {name: history.due for name, history in by_root.items() if history.due is not None},
        {name: count for name, history in by_root.items() if (count := streak(history))},
        {name: tuple(sorted(history.under_way)) for name, history in by_root.items()}, versions, started=started,
    )  # fmt: skip
    return known, by_root
