"""A status as text and JSON: problems first, then the graphs as trees."""

import json
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from snowpipe_deploy.status.model import Graph, GraphRun, Status, Task, TaskLine

_COLOURS = {"SUCCEEDED": "green", "FAILED": "red", "FAILED_AND_AUTO_SUSPENDED": "red", "SKIPPED": "yellow", "CANCELLED": "red",
            "EXECUTING": "cyan", "SCHEDULED": "cyan", "": "dim"}  # fmt: skip


def text(console: Console, status: Status) -> None:
    console.print(rendered(status))


def rendered(status: Status) -> Group:
    """Everything, in the order in which one wants to read it."""
    head = f"[bold]{escape(status.environment)}[/]  database {escape(status.database)}"
    parts: list[RenderableType] = [head + (f"  [dim]deployment {status.deployment}[/]" if status.deployment else "")]
    parts += [f"[yellow]note:[/] {escape(note)}" for note in status.notes]
    if status.problems:
        parts.append(f"[red bold]{len(status.problems)} problem{'s' if len(status.problems) > 1 else ''}[/]")
        for p in status.problems:
            parts.append(
                f"  [red]✗[/] [bold]{escape(p.object)}[/] {escape(p.problem)}\n    {escape(p.cause)}\n    [cyan]{escape(p.hint)}[/]"
            )
    elif not status.notes:
        parts.append("[green]no problems[/]")
    for graph in status.graphs:
        parts += ["", _graph(graph)]
    if status.streams:
        parts += ["", _table("streams", ("stream", "on", "has data", "stale after"), [
            (str(s.name), s.source, "stale" if s.stale else {True: "yes", False: "no", None: "?"}[s.has_data], s.stale_after)
            for s in status.streams
        ])]  # fmt: skip
    if status.dynamic_tables:
        parts += ["", _table("dynamic tables", ("dynamic table", "state", "mode", "data of"), [
            (str(d.name), d.state, f"{d.mode}{f' ({d.reason})' if d.reason else ''}", d.refreshed[:19]) for d in status.dynamic_tables
        ])]  # fmt: skip
    if status.loads:
        parts += ["", _table("loads", ("table", "file", "status", "rows", "errors"), [
            (str(x.table), x.file, x.status, str(x.rows), str(x.errors)) for x in status.loads
        ])]  # fmt: skip
    return Group(*parts)


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table


def _graph(graph: Graph) -> RenderableType:
    root = graph.root
    state = f"[{'green' if root.state == 'started' else 'red'}]{root.state}[/]"
    due = f", next run {when(graph.next_run)}" if graph.next_run else ""
    title = f"[bold]{escape(str(root.name))}[/]  {state}  {escape(root.schedule or 'no schedule')}{due}"
    if not graph.runs:
        return Group(title, _tree(graph, None), "  [dim]never run[/]")
    return Group(title, *(part for run in graph.runs for part in (_run_title(run), _tree(graph, run))))


def _run_title(run: GraphRun) -> str:
    colour = _COLOURS.get(run.state, "white")
    took = f" in {run.seconds:.1f} s" if run.seconds is not None else ""
    origin = {"EXECUTE_TASK": "by hand", "SCHEDULE": "on schedule"}.get(run.origin, run.origin.lower())
    return f"run {run.id} ({origin}, {when(run.started)}): [{colour}]{run.state}[/]{took}"


def _tree(graph: Graph, run: GraphRun | None) -> Tree:
    """Each task under its last predecessor in order; others are named behind it."""
    lines = {line.task.name: line for line in run.tasks} if run else {}
    places = {task.name: i for i, task in enumerate(graph.order)}
    tree = Tree(_label(graph.root, lines.get(graph.root.name)))
    branches = {graph.root.name: tree}
    for task in graph.order[1:]:
        parent = max((a for a in task.after if a in places), key=lambda name: places[name], default=graph.root.name)
        branches[task.name] = branches[parent].add(_label(task, lines.get(task.name)))
    return tree


def _label(task: Task, line: TaskLine | None) -> str:
    parts = [escape(task.name.last)]
    if task.state == "suspended":
        parts.append("[red]suspended[/]")
    if line is not None:
        parts.append(f"[{_COLOURS.get(line.state, 'white')}]{line.state.lower() or 'not run'}[/]")
        if line.run is not None and line.run.seconds is not None and line.state != "SKIPPED":
            parts.append(f"{line.run.seconds:.2f} s")
    if len(task.after) > 1:
        parts.append(f"[dim](after {', '.join(a.last for a in task.after)})[/]")
    if task.finalizes is not None:
        parts.append("[dim](finalizer)[/]")
    reason = f"\n  [dim]{escape(line.reason)}[/]" if line is not None and line.reason else ""
    return " ".join(parts) + reason


def when(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC") if moment else "?"


def as_json(status: Status) -> str:
    """See docs/reference/json.md: names fully qualified, times with zone, durations in seconds."""
    full = status.database

    def iso(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment else None

    return json.dumps({
        "environment": status.environment, "deployment": status.deployment or None,
        "problems": [{"object": p.object, "problem": p.problem, "cause": p.cause, "hint": p.hint} for p in status.problems],
        "graphs": [
            {"root": f"{full}.{g.root.name}", "schedule": g.root.schedule or None, "state": g.root.state, "next_run": iso(g.next_run),
             "runs": [
                 {"id": r.id, "state": r.state, "started": iso(r.started), "seconds": r.seconds, "tasks": [
                     {"name": f"{full}.{x.task.name}", "state": x.state or "NOT_RUN", "reason": x.reason or None,
                      "started": iso(x.run.started) if x.run else None, "seconds": x.run.seconds if x.run else None,
                      "query_id": x.run.query_id or None if x.run else None, "error": x.run.error or None if x.run else None}
                     for x in r.tasks]}
                 for r in g.runs]}
            for g in status.graphs],
        "streams": [{"name": f"{full}.{s.name}", "source": f"{full}.{s.source}", "has_data": s.has_data, "stale_after": s.stale_after or None,
                     "stale": s.stale} for s in status.streams],
        "pipes": [],
        "dynamic_tables": [{"name": f"{full}.{d.name}", "state": d.state, "refresh_mode": d.mode, "reason": d.reason or None,
                            "data_timestamp": d.refreshed or None} for d in status.dynamic_tables],
        "alerts": [],
        "loads": [{"table": f"{full}.{x.table}", "file": x.file, "status": x.status, "rows": x.rows, "errors": x.errors,
                   "loaded": iso(x.loaded), "message": x.message or None} for x in status.loads],
    }, indent=2, ensure_ascii=False)  # fmt: skip
