"""The values of a status: graphs with runs and causes, streams, dynamic tables, loads, problems first."""

from dataclasses import dataclass, field
from datetime import datetime

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import TaskRun


@dataclass(frozen=True, slots=True)
class Task:
    """A live task, from SHOW TASKS."""

    name: ObjectName
    id: str
    state: str
    schedule: str
    condition: str
    after: tuple[ObjectName, ...]
    finalizes: ObjectName | None
    suspended_on: str
    suspended_reason: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in one run: its state (empty where it did not run) and the cause in words."""

    task: Task
    run: TaskRun | None
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class GraphRun:
    id: str
    state: str
    origin: str
    started: datetime | None
    seconds: float | None
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A task graph; `order` is its tasks, each after what it needs, the finalizer last."""

    root: Task
    order: tuple[Task, ...]
    next_run: datetime | None
    runs: tuple[GraphRun, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    name: ObjectName
    source: str
    has_data: bool | None
    stale_after: str
    stale: bool
    consumer: str = ""


@dataclass(frozen=True, slots=True)
class DynamicTable:
    name: ObjectName
    state: str
    mode: str
    reason: str
    refreshed: str


@dataclass(frozen=True, slots=True)
class Load:
    table: ObjectName
    file: str
    status: str
    rows: int
    errors: int
    loaded: datetime | None
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to act on: what, why, and the command to type."""

    object: str
    problem: str
    cause: str
    hint: str


@dataclass(frozen=True, slots=True)
class Status:
    environment: str
    database: str
    deployment: str
    graphs: tuple[Graph, ...] = ()
    streams: tuple[Stream, ...] = ()
    dynamic_tables: tuple[DynamicTable, ...] = ()
    loads: tuple[Load, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
