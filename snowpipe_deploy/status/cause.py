"""What a cause is: a reason in words why a task ended as it did, did not run, or stands still, from what the account records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from snowpipe_deploy.model import SqlObject
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.status.model import Stream, Task

# the objects of the project by kind and name: what their files say
Sources = Mapping[tuple[str, ObjectName], SqlObject]
# what is asked of: a task in a run, a run as a whole, a task as it stands now
About = Literal["task", "run", "now"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a deployment of ours last did to a task, by its journal; `outcome` is the deployment's status.

    The verb `suspending` is that of a deployment that never ended: it meant to, and whether it did is not in the journal.
    """

    verb: str
    at: datetime | None
    deployment: str
    who: str
    outcome: str
    is_under_way: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a graph: the newest row of each task, and the rows of earlier attempts, oldest first."""

    group: str
    root: Task
    rows: Mapping[ObjectName, TaskRun]
    earlier: Mapping[ObjectName, tuple[TaskRun, ...]]
    is_over: bool
    began: datetime | None
    ended: datetime | None
    origin: str
    attempt: int
    version: int | None

    def row(self, name: ObjectName) -> TaskRun | None:
        return self.rows.get(name)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the account and our record say of everything; `due` is when each started root runs next, `streak` how many runs
    of a root failed in a row, `under_way` its runs that are not over, `newest` the newest version of each graph that ran."""

    now: datetime
    tasks: Mapping[ObjectName, Task] = field(default_factory=dict)
    streams: Mapping[ObjectName, Stream] = field(default_factory=dict)
    steps: Mapping[ObjectName, Step] = field(default_factory=dict)
    cancels: Mapping[ObjectName, tuple[Step, ...]] = field(default_factory=dict)
    due: Mapping[ObjectName, datetime] = field(default_factory=dict)
    streak: Mapping[ObjectName, int] = field(default_factory=dict)
    under_way: Mapping[ObjectName, tuple[str, ...]] = field(default_factory=dict)
    newest: Mapping[ObjectName, int] = field(default_factory=dict)
    sources: Sources = field(default_factory=dict)
    started: Mapping[ObjectName, tuple[datetime, ...]] = field(
        default_factory=dict
    )  # scheduled times of each root's runs


@dataclass(frozen=True, slots=True)
class Situation:
    """A task, its row in the run (None where there is none), the run (None: as it stands now), and all else that is known."""

    task: Task
    row: TaskRun | None
    run: Run | None
    known: Recorded

    @property
    def is_absent(self) -> bool:
        """The run went by without this task, or goes on without it."""
        return self.run is not None and self.row is None

    def absent(self, words: str) -> str:
        return f"{'did' if self.run is None or self.run.is_over else 'does'} not run: {words}"

    def stream(self, name: str) -> Stream | None:
        """The stream of this name as the task would look it up: its own schema, unless the name says another."""
        try:
            parts = ObjectName.parse(name).parts[-2:]
        except ValueError:
            return None
        return self.known.streams.get(ObjectName(parts if len(parts) == 2 else (self.task.name.parts[0], *parts)))


@dataclass(frozen=True, slots=True)
class Cause:
    """`explain` gives the words, or nothing where it does not apply; a lower rank is asked first.

    Of a task the first cause that applies is said, of a run all of them.
    """

    rank: int
    explain: Callable[[Situation], str]
    about: tuple[About, ...] = ("task",)
