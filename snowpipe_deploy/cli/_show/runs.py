"""A run as it goes: each task when its state changes; then the tree with reasons."""

from collections.abc import Iterable

from rich.console import Console, Group
from rich.live import Live

from snowpipe_deploy.cli._show.status import rendered
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.status.model import Status

_COLOURS = {
    "SUCCEEDED": "green",
    "FAILED": "red",
    "SKIPPED": "yellow",
    "EXECUTING": "cyan",
    "SCHEDULED": "dim",
    "CANCELLED": "red",
}


def follow(console: Console, states: Iterable[list[TaskRun]], *, quiet: bool = False) -> list[TaskRun]:
    """Shows the tasks of a run as their states change; gives back the last ones."""
    if quiet:
        every = list(states)
        return every[-1] if every else []
    if console.is_terminal:
        return _live(console, states)
    last: list[TaskRun] = []
    said: dict[object, str] = {}
    for rows in states:
        last = rows
        for row in rows:
            if said.get(row.name) != row.state and row.state != "SCHEDULED":
                said[row.name] = row.state
                console.print(_line(row))
    return last


def _live(console: Console, states: Iterable[list[TaskRun]]) -> list[TaskRun]:
    last: list[TaskRun] = []
    with Live(console=console, refresh_per_second=8, transient=True) as live:
        for rows in states:
            last = rows
            live.update(Group(*(_line(row) for row in rows)))
    return last


def _line(row: TaskRun) -> str:
    took = f" {row.seconds:.2f} s" if row.seconds is not None and row.state != "SKIPPED" else ""
    colour = _COLOURS.get(row.state, "white")
    return f"  [{colour}]{row.state.lower():<10}[/] {row.name.last}{took}"


def result(console: Console, status: Status) -> None:
    """The finished run: its tree, and the problems it left."""
    graphs = tuple(graph for graph in status.graphs if graph.runs)
    only = Status(
        status.environment, status.database, status.deployment, graphs, problems=status.problems, notes=status.notes
    )
    console.print(rendered(only))
