"""What a task did in a run, as text and JSON."""

import json

from rich.console import Console
from rich.markup import escape

from snowpipe_deploy.cli._show.status import colour, when
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.status.cause import Sources
from snowpipe_deploy.status.failure import line
from snowpipe_deploy.status.logs import Logs, Sent, innermost
from snowpipe_deploy.status.model import Task
from snowpipe_deploy.status.words import short


def text(console: Console, logs: Logs, sources: Sources, *, full: bool = False) -> None:
    """Each attempt with what is known of it; then the statements, with `full` as they were sent."""
    console.print(f"[bold]{escape(str(logs.task))}[/]  run {logs.run}")
    for row in logs.attempts:
        _attempt(console, logs, row, sources)
    if logs.note:
        console.print(f"[yellow]note:[/] {escape(logs.note)}")
    shown = innermost(logs.sent)
    if shown:
        console.print(f"\n[bold]{len(shown)} statement{'s' if len(shown) > 1 else ''}[/]")
    for one in shown:
        _statement(console, one, full=full)
    if logs.others:
        console.print(f"\n[dim]other runs: {', '.join(logs.others[:10])}[/]")


def _attempt(console: Console, logs: Logs, row: TaskRun, sources: Sources) -> None:
    took = f" in {row.seconds:.2f} s" if row.seconds is not None else ""
    attempt = f"attempt {row.attempt}: " if len(logs.attempts) > 1 or row.attempt > 1 else ""
    console.print(
        f"{attempt}[{colour(row.state)}]{row.state}[/]{took}, started {when(row.started)}, {row.origin.lower().replace('_', ' ')}"
    )
    error = f"{row.error_code}: {row.error}{line(row, _task(logs), sources)}" if row.error else ""
    for word, value in (
        ("error", error), ("query", row.query_id), ("returned", row.returned), ("config", row.config), ("when", short(row.condition)),
    ):  # fmt: skip
        if value:
            console.print(f"  [dim]{word:<9}[/]{escape(value)}", highlight=False)


def _task(logs: Logs) -> Task:
    return Task(logs.task, "", "", "", "", (), None, None, "", definition=logs.definition)


def _statement(console: Console, one: Sent, *, full: bool) -> None:
    took = f"{one.seconds:.2f} s" if one.seconds is not None else ""
    rows = f", {one.rows} rows" if one.rows is not None else ""
    sign, shown = "[red]✗[/]" if one.error else "[green]✓[/]", one.text if full else short(one.text, 110)
    console.print(f"  {sign} {escape(shown)}", highlight=False)
    console.print(f"    [dim]{took}{rows}, query {one.query_id}[/]", highlight=False)
    if one.error:
        console.print(f"    [red]{escape(one.error)}[/]", highlight=False)


def as_json(logs: Logs, database: str) -> str:
    """Names fully qualified, times with zone, durations in seconds."""
    return json.dumps({
        "task": f"{database}.{logs.task}", "run": logs.run, "note": logs.note or None,
        "attempts": [
            {"attempt": r.attempt, "state": r.state, "origin": r.origin, "started": r.started.isoformat() if r.started else None,
             "seconds": r.seconds, "query_id": r.query_id or None, "error_code": r.error_code or None, "error": r.error or None,
             "returned": r.returned or None, "config": r.config or None, "condition": r.condition or None}
            for r in logs.attempts],
        "statements": [
            {"query_id": s.query_id, "text": s.text, "started": s.started.isoformat() if s.started else None, "seconds": s.seconds,
             "rows": s.rows, "error": s.error or None} for s in logs.sent],
        "other_runs": list(logs.others),
    }, indent=2, ensure_ascii=False)  # fmt: skip
