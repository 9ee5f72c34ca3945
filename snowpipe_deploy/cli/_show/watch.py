"""A status that is looked at again and again: in one place on a terminal, as lines of what changed elsewhere."""

from collections.abc import Iterable

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape

from snowpipe_deploy.cli._show.status import rendered
from snowpipe_deploy.status.model import Status
from snowpipe_deploy.status.watch import Look


def watch(console: Console, looks: Iterable[Look]) -> None:
    """Until the looks end, or Ctrl-C."""
    if console.is_terminal:
        _live(console, looks)
    else:
        _lines(console, looks)


def _live(console: Console, looks: Iterable[Look]) -> None:
    # drawn only when there is something new, on a screen of its own: nothing flickers, and the shell is as it was afterwards
    with Live(console=console, screen=True, auto_refresh=False, vertical_overflow="crop") as live:
        for look in looks:
            colour = "red" if look.lost else "dim"
            parts = [f"[{colour}]{escape(look.words)}[/]"]
            live.update(Group(*parts, rendered(look.status)) if look.status else Group(*parts), refresh=True)


def _lines(console: Console, looks: Iterable[Look]) -> None:
    said: set[str] = set()
    for look in looks:
        now = _sentences(look.status) if look.status is not None else []
        for line in [look.words] if look.lost else []:
            console.print(f"[red]{escape(line)}[/]")
        for line in now:
            if line not in said:
                console.print(escape(line))
        said = set(now) if look.status is not None else said


def _sentences(status: Status) -> list[str]:
    """Each task's state in the newest run, and each problem, a line."""
    lines = []
    for graph in status.graphs:
        for run in graph.runs[:1]:
            lines.append(f"{graph.root.name} run {run.id}: {run.state}")
            for line in run.tasks:
                if line.state and line.state != "SCHEDULED":
                    reason = "" if line.state == "EXECUTING" else line.reason
                    lines.append(f"  {line.task.name.last} {line.state.lower()}{f': {reason}' if reason else ''}")
    return lines + [f"problem: {p.object} {p.problem}: {p.cause}" for p in status.problems]
