"""The values of a status: graphs with runs and causes, streams, pipes, dynamic tables, alerts, loads, problems first."""

from dataclasses import dataclass
from datetime import datetime

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import TaskRun


@dataclass(frozen=True, slots=True)
class Task:
    """A live task, from SHOW TASKS; `gone` is one that only the history knows."""

    name: ObjectName
    id: str
    state: str
    schedule: str
    condition: str
    after: tuple[ObjectName, ...]
    finalizes: ObjectName | None
    suspended_on: datetime | None
    suspended_reason: str
    created: datetime | None = None
    committed: datetime | None = None
    owner: str = ""
    warehouse: str = ""
    definition: str = ""
    gone: bool = False

    @property
    def is_root(self) -> bool:
        return not self.after and self.finalizes is None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in one run: its state (empty where it did not run) and the cause in words."""

    task: Task
    run: TaskRun | None
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class GraphRun:
    """One run; `remarks` say what is to be known of it as a whole."""

    id: str
    state: str
    origin: str
    started: datetime | None
    seconds: float | None
    tasks: tuple[TaskLine, ...]
    attempt: int = 1
    version: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """A task graph; `order` is its tasks, each after what it needs, the finalizer last. `standing` says what it waits for,
    or why it never runs."""

    root: Task
    order: tuple[Task, ...]
    next_run: datetime | None
    runs: tuple[GraphRun, ...]
    standing: str = ""
    has_run: bool = False  # within the history that was read, whether or not that run is shown
    causes: tuple[tuple[ObjectName, str], ...] = ()  # of each suspended task, as it stands now


@dataclass(frozen=True, slots=True)
class Stream:
    """`has_data` is of now, not of the run; None where the account cannot say."""

    name: ObjectName
    source: str
    has_data: bool | None
    stale_after: datetime | None
    stale: bool
    consumers: tuple[ObjectName, ...] = ()
    invalid: str = ""


@dataclass(frozen=True, slots=True)
class DynamicTable:
    """`lag` is seconds from the time of its data to now; `refresh` is the state of the last refresh, `message` its words."""

    name: ObjectName
    state: str
    mode: str
    reason: str
    refreshed: datetime | None
    target_lag: str = ""
    lag: float | None = None
    refresh: str = ""
    action: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Pipe:
    name: ObjectName
    state: str
    pending: int | None
    last_file: str
    last_ingested: str
    error: str


@dataclass(frozen=True, slots=True)
class Alert:
    name: ObjectName
    state: str
    schedule: str
    last: str = ""
    at: datetime | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    table: ObjectName
    file: str
    status: str
    rows: int
    errors: int
    loaded: datetime | None
    message: str
    parsed: int = 0

    @property
    def rejected(self) -> int:
        return max(0, self.parsed - self.rows)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to act on: what, why, and the command to type."""

    object: str
    problem: str
    cause: str
    hint: str


@dataclass(frozen=True, slots=True)
class Status:
    """`statements` are those that were sent, by the name of their file; `busy` tells that a run is under way."""

    environment: str
    database: str
    deployment: str
    graphs: tuple[Graph, ...] = ()
    streams: tuple[Stream, ...] = ()
    dynamic_tables: tuple[DynamicTable, ...] = ()
    loads: tuple[Load, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    pipes: tuple[Pipe, ...] = ()
    alerts: tuple[Alert, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    now: datetime | None = None
    warehouse: str = ""

    @property
    def busy(self) -> bool:
        return any(run.state == "EXECUTING" for graph in self.graphs for run in graph.runs)
