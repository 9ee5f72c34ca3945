"""A status as text and JSON: problems first, then the graphs as trees."""

import json
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.status.dynamic_tables import why_full
from snowpipe_deploy.status.model import Graph, GraphRun, Status, Task, TaskLine
from snowpipe_deploy.status.words import span

_COLOURS = {"SUCCEEDED": "green", "FAILED": "red", "FAILED_AND_AUTO_SUSPENDED": "red", "SKIPPED": "yellow", "CANCELLED": "red",
            "EXECUTING": "cyan", "SCHEDULED": "cyan", "": "dim"}  # fmt: skip


def text(console: Console, status: Status, *, sql: bool = False) -> None:
    """Everything; with `sql` also the statements that were sent, as they can be pasted into a worksheet."""
    console.print(rendered(status, whole=sql))
    if sql:
        console.print(f"\n[bold]{len(status.statements)} statements[/]")
        for name, statement in status.statements:
            console.print(f"[dim]-- {escape(name)}[/]\n{escape(statement)};", highlight=False, soft_wrap=True)


# how many graphs are shown as trees, and how many rows of a table, before it becomes too much to read
_TREES, _ROWS = 20, 50


def rendered(status: Status, *, whole: bool = False) -> Group:
    """What there is, in the order in which one wants to read it.

    Of many graphs those in which all is well are one line each, and long tables are cut, unless the `whole` is wanted.
    """
    head = f"[bold]{escape(status.environment)}[/]  database {escape(status.database)}"
    parts: list[RenderableType] = [head + (f"  [dim]deployment {status.deployment}[/]" if status.deployment else "")]
    parts += [f"[yellow]note:[/] {escape(note)}" for note in status.notes]
    if status.problems:
        parts.append(f"[red bold]{len(status.problems)} problem{'s' if len(status.problems) > 1 else ''}[/]")
        parts.append("\n".join(
            f"  [red]✗[/] [bold]{escape(p.object)}[/] {escape(p.problem)}\n    {escape(p.cause)}\n    [cyan]{escape(p.hint)}[/]"
            for p in status.problems
        ))  # fmt: skip
    elif not status.notes:
        parts.append("[green]no problems[/]")
    brief = not whole and len(status.graphs) > _TREES
    for graph in status.graphs:
        parts += [_line(graph)] if brief and _is_well(graph) else ["", _graph(graph)]
    if brief:
        parts.append(
            f"[dim]graphs in which all is well are one line each; -v shows the whole of all {len(status.graphs)}[/]"
        )
    for made in _tables(status, None if whole else _ROWS):
        parts += ["", made]
    return Group(*parts)


def _is_well(graph: Graph) -> bool:
    """Nothing failed, nothing runs, nothing is suspended, and no more than one run is to be shown."""
    states = {run.state for run in graph.runs}
    return len(graph.runs) < 2 and states <= {"SUCCEEDED", "SKIPPED"} and not graph.causes


_NO_RUN = {False: "never run", True: "no such run"}  # there are others than those asked for


def _line(graph: Graph) -> str:
    ran = _NO_RUN[graph.has_run]
    for run in graph.runs:
        ran = f"[{_COLOURS.get(run.state, 'white')}]{run.state}[/] {when(run.started)}"
    return f"[bold]{escape(str(graph.root.name))}[/]  {len(graph.order)} tasks, {ran}, {escape(graph.standing)}"


def _tables(status: Status, most: int | None) -> list[Table]:
    """Streams, pipes, dynamic tables, alerts and loads: what there is of them."""
    made = (
        _table(most, "streams", ("stream", "on", "has data now", "read by", "stale after"), [
            (str(s.name), s.source, "stale" if s.stale else {True: "yes", False: "no", None: "?"}[s.has_data],
             ", ".join(map(str, s.consumers)) or "no task", when(s.stale_after) if s.stale_after else "") for s in status.streams
        ]),
        _table(most, "pipes", ("pipe", "state", "pending", "last file", "error"), [
            (str(p.name), p.state or "?", "?" if p.pending is None else str(p.pending), p.last_file, p.error) for p in status.pipes
        ]),
        _table(most, "dynamic tables", ("dynamic table", "state", "mode", "data of", "lag", "target", "last refresh"), [
            (str(d.name), d.state, d.mode + (f" ({why_full(d)})" if why_full(d) else ""), when(d.refreshed) if d.refreshed else "never",
             span(d.lag) if d.lag is not None else "?", d.target_lag, " ".join(filter(None, (d.refresh.lower(), d.action.lower()))))
            for d in status.dynamic_tables
        ]),
        _table(most, "alerts", ("alert", "state", "schedule", "last", "at"), [
            (str(a.name), a.state, a.schedule, a.last.lower(), when(a.at) if a.at else "never") for a in status.alerts
        ]),
        _table(most, "loads", ("table", "file", "status", "rows", "rejected", "errors"), [
            (str(x.table), x.file, x.status, str(x.rows), str(x.rejected), str(x.errors)) for x in status.loads
        ]),
    )  # fmt: skip
    return [one for one in made if one.row_count]


def _table(most: int | None, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows[:most]:
        table.add_row(*(escape(cell) for cell in row))
    if most is not None and len(rows) > most:
        table.caption, table.caption_justify = f"… and {len(rows) - most} more; -v shows all", "left"
    return table


def _graph(graph: Graph) -> str:
    root = graph.root
    state = f"[{'green' if root.state == 'started' else 'red'}]{root.state}[/]"
    standing = f", {escape(graph.standing)}" if graph.standing else ""
    lines = [f"[bold]{escape(str(root.name))}[/]  {state}  {escape(root.schedule or 'no schedule')}{standing}"]
    for run in graph.runs:
        lines += [*_run_title(run), *_tree(graph, run)]
    if not graph.runs:
        lines += [*_tree(graph, None), f"  [dim]{_NO_RUN[graph.has_run]}[/]"]
    return "\n".join(lines)


_ORIGINS = {
    "EXECUTE_TASK": "by hand", "SCHEDULE": "on schedule", "TRIGGER": "by a stream", "MANUAL RETRY": "retried by hand",
    "AUTOMATIC RETRY": "retried by the account",
}  # fmt: skip


def _run_title(run: GraphRun) -> list[str]:
    colour = _COLOURS.get(run.state, "white")
    took = f" in {run.seconds:.1f} s" if run.seconds is not None else ""
    origin = _ORIGINS.get(run.origin, run.origin.lower())
    remarks = [f"  [dim]{escape(remark)}[/]" for remark in run.remarks]
    return [f"run {run.id} ({origin}, {when(run.started)}): [{colour}]{run.state}[/]{took}", *remarks]


def _tree(graph: Graph, run: GraphRun | None) -> list[str]:
    """Each task under its last predecessor in order; others are named behind it. Made here: rich's tree is slow on many."""
    lines = {line.task.name: line for line in run.tasks} if run else {}
    places = {task.name: i for i, task in enumerate(graph.order)}
    gone = tuple(line.task for line in run.tasks if line.task.gone) if run else ()
    below: dict[ObjectName, list[Task]] = {}
    for task in (*graph.order[1:], *gone):
        parent = max((a for a in task.after if a in places), key=lambda name: places[name], default=graph.root.name)
        below.setdefault(parent, []).append(task)
    out: list[str] = []

    def branch(task: Task, head: str, rest: str) -> None:
        label, *more = _label(task, lines.get(task.name)).split("\n")
        out.append(f"{head}{label}")
        out.extend(f"{rest}{line}" for line in more)
        children = below.get(task.name, [])
        for child in children:
            is_last = child is children[-1]
            branch(child, rest + ("└── " if is_last else "├── "), rest + ("    " if is_last else "│   "))

    branch(graph.root, "", "")
    return out


def _label(task: Task, line: TaskLine | None) -> str:
    parts = [escape(task.name.last)]
    if task.state == "suspended":
        parts.append("[red]suspended[/]")
    if line is not None:
        parts.append(f"[{_COLOURS.get(line.state, 'white')}]{line.state.lower() or 'not run'}[/]")
        if line.run is not None and line.run.seconds is not None and line.state != "SKIPPED":
            parts.append(f"{line.run.seconds:.2f} s")
    if line is not None and line.run is not None and line.run.attempt > 1:
        parts.append(f"[dim](attempt {line.run.attempt})[/]")
    if task.gone:
        parts.append("[dim](no longer in the graph)[/]")
    if len(task.after) > 1:
        parts.append(f"[dim](after {', '.join(a.last for a in task.after)})[/]")
    if task.finalizes is not None:
        parts.append("[dim](finalizer)[/]")
    reason = f"\n  [dim]{escape(line.reason)}[/]" if line is not None and line.reason else ""
    return " ".join(parts) + reason


def colour(state: str) -> str:
    return _COLOURS.get(state, "white")


def when(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC") if moment else "?"


def as_json(status: Status) -> str:
    """See docs/reference/json.md: names fully qualified, times with zone, durations in seconds."""
    full = status.database

    def iso(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment else None

    return json.dumps({
        "environment": status.environment, "deployment": status.deployment or None, "notes": list(status.notes),
        "problems": [{"object": p.object, "problem": p.problem, "cause": p.cause, "hint": p.hint} for p in status.problems],
        "graphs": [
            {"root": f"{full}.{g.root.name}", "schedule": g.root.schedule or None, "state": g.root.state, "next_run": iso(g.next_run),
             "standing": g.standing or None,
             "suspended": [{"name": f"{full}.{name}", "reason": words or None} for name, words in g.causes],
             "runs": [
                 {"id": r.id, "state": r.state, "started": iso(r.started), "seconds": r.seconds, "origin": r.origin,
                  "attempt": r.attempt, "version": r.version, "remarks": list(r.remarks), "tasks": [
                     {"name": f"{full}.{x.task.name}", "state": x.state or "NOT_RUN", "reason": x.reason or None,
                      "started": iso(x.run.started) if x.run else None, "seconds": x.run.seconds if x.run else None,
                      "attempt": x.run.attempt if x.run else None,
                      "query_id": x.run.query_id or None if x.run else None, "error": x.run.error or None if x.run else None}
                     for x in r.tasks]}
                 for r in g.runs]}
            for g in status.graphs],
        "streams": [{"name": f"{full}.{s.name}", "source": f"{full}.{s.source}", "has_data": s.has_data,
                     "stale_after": iso(s.stale_after), "stale": s.stale,
                     "consumers": [f"{full}.{name}" for name in s.consumers]} for s in status.streams],
        "pipes": [{"name": f"{full}.{p.name}", "state": p.state or None, "pending": p.pending, "last_file": p.last_file or None,
                   "last_ingested": p.last_ingested or None, "error": p.error or None} for p in status.pipes],
        "dynamic_tables": [{"name": f"{full}.{d.name}", "state": d.state, "refresh_mode": d.mode, "reason": d.reason or None,
                            "data_timestamp": iso(d.refreshed), "target_lag": d.target_lag or None, "lag": d.lag,
                            "last_refresh": d.refresh or None, "message": d.message or None} for d in status.dynamic_tables],
        "alerts": [{"name": f"{full}.{a.name}", "state": a.state, "schedule": a.schedule or None, "last": a.last or None,
                    "at": iso(a.at), "message": a.message or None} for a in status.alerts],
        "loads": [{"table": f"{full}.{x.table}", "file": x.file, "status": x.status, "rows": x.rows, "rejected": x.rejected,
                   "errors": x.errors, "loaded": iso(x.loaded), "message": x.message or None} for x in status.loads],
    }, indent=2, ensure_ascii=False)  # fmt: skip
