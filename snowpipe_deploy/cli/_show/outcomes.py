"""Progress of an apply: live on a terminal, a line an action elsewhere; then what was done and what to type."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from snowpipe_deploy.model import Outcome

_MARKS = {
    "done": ("✓", "green"),
    "failed": ("✗", "red"),
    "skipped": ("–", "yellow"),
    "cancelled": ("–", "yellow"),
    "unknown": ("?", "red"),
}


def follow(console: Console, outcomes: Iterable[Outcome], total: int, *, quiet: bool = False) -> list[Outcome]:
    """Shows outcomes as they come and gives back the final ones."""
    if console.is_terminal and not quiet:
        return _live(console, outcomes, total)
    return _lines(console, outcomes, total, quiet=quiet)


def _lines(console: Console, outcomes: Iterable[Outcome], total: int, *, quiet: bool) -> list[Outcome]:
    finished: list[Outcome] = []
    for outcome in outcomes:
        if outcome.status == "running":
            continue
        finished.append(outcome)
        if not quiet or outcome.status != "done":
            console.print(f"[{len(finished)}/{total}] ".replace("[", "\\[") + _line(outcome))
    return finished


def _live(console: Console, outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
    finished: list[Outcome] = []
    columns = (BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=total)
        for outcome in outcomes:
            if outcome.status == "running":
                progress.update(bar, description=escape(outcome.action.id))
                continue
            finished.append(outcome)
            progress.console.print(_line(outcome))
            progress.advance(bar)
    return finished


def _line(outcome: Outcome) -> str:
    mark, colour = _MARKS[outcome.status]
    seconds = f" [dim]{outcome.seconds:.2f} s[/]" if outcome.seconds >= 0.1 else ""
    detail = f"\n    {escape(outcome.detail)}" if outcome.detail else ""
    return f"[{colour}]{mark}[/] {escape(outcome.action.id)}{seconds}{detail}"


def summary(console: Console, finished: list[Outcome], *, stopped: bool, again: str, word: str) -> None:
    """What was done, and what to type next."""
    counts = {status: sum(o.status == status for o in finished) for status in _MARKS}
    parts = [f"{count} {status}" for status, count in counts.items() if count]
    colour = "green" if len(finished) == counts["done"] and not stopped else "red"
    console.print(f"[{colour}]{'stopped' if stopped else word}[/]: {', '.join(parts) or 'nothing done'}")
    if colour == "red":
        console.print(f"  what is done is recorded and is not done again; go on with: [bold]{escape(again)}[/]")
