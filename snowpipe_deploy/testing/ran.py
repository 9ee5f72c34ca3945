"""The task graph runs that one step brought."""

from collections.abc import Iterable
from dataclasses import dataclass

from snowpipe_deploy.runs import BAD, TaskRun


@dataclass(frozen=True, slots=True)
class Ran:
    """`runs` are the rows of each run, oldest run first. Tasks go by schema and name."""

    runs: tuple[tuple[TaskRun, ...], ...] = ()

    @property
    def last(self) -> list[TaskRun]:
        """The rows of the last run of each graph, the last attempt of a task last."""
        by_root = {run[0].root_id: run for run in self.runs}
        return [row for run in by_root.values() for row in sorted(run, key=lambda r: r.attempt)]

    @property
    def states(self) -> dict[str, str]:
        """The states that tasks ended with in the last run of their graph, as test files name them."""
        return {str(row.name): state_of(row) for row in self.last}

    @property
    def errors(self) -> dict[str, str]:
        return {str(row.name): row.error for row in self.last if row.state in BAD}

    @property
    def failures(self) -> list[str]:
        """The tasks that failed in any of the runs, with their words."""
        return list(dict.fromkeys(f"{row.name}: {row.error}" for run in self.runs for row in run if row.state in BAD))


def grouped(rows: Iterable[TaskRun]) -> Ran:
    """Task rows as runs, oldest first."""
    by_group: dict[str, list[TaskRun]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    ordered = sorted(by_group.items(), key=lambda item: (min(r.run_id for r in item[1]), item[0].zfill(20)))
    return Ran(tuple(tuple(run) for _, run in ordered))


def state_of(row: TaskRun) -> str:
    return "failed" if row.state == "FAILED_AND_AUTO_SUSPENDED" else row.state.lower()
