"""What a cause is: a reason in words why a task ended as it did, or did not run, from what the account records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.status.model import Task


@dataclass(frozen=True, slots=True)
class Situation:
    """A task, its row in the run (None where there is none), and the run's other rows by task."""

    task: Task
    row: TaskRun | None
    rows: Mapping[ObjectName, TaskRun]
    tasks: Mapping[ObjectName, Task]
    is_over: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """`explain` gives the words, or nothing where it does not apply; a lower rank is asked first."""

    rank: int
    explain: Callable[[Situation], str]
