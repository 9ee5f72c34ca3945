"""Task graphs: which tasks belong together, their runs, and the cause of each task's end in each of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import BAD, FAILED, TaskRun
from snowpipe_deploy.status.cause import Recorded, Run, Situation
from snowpipe_deploy.status.causes import explain, remarks
from snowpipe_deploy.status.model import Graph, GraphRun, Task, TaskLine


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs of each graph: the `last` ones, the one with the id `run`, those `since`, or only `failed` ones."""

    last: int = 1
    run: str = ""
    failed: bool = False
    since: datetime | None = None


def roots(tasks: Iterable[Task]) -> list[Task]:
    return sorted((t for t in tasks if t.is_root), key=lambda t: t.name)


def orders(tasks: Mapping[ObjectName, Task]) -> dict[ObjectName, tuple[Task, ...]]:
    """By root: the root and all below it, each after what it needs; the finalizer last."""
    below: dict[ObjectName, list[Task]] = defaultdict(list)
    finalizers: dict[ObjectName, list[Task]] = defaultdict(list)
    for task in sorted(tasks.values(), key=lambda t: t.name):
        for name in task.after:
            below[name].append(task)
        if task.finalizes is not None:
            finalizers[task.finalizes].append(task)
    return {root.name: (*_ordered(root, below), *finalizers[root.name]) for root in roots(tasks.values())}


def _ordered(root: Task, below: Mapping[ObjectName, list[Task]]) -> list[Task]:
    members, todo = {root.name: root}, [root]
    while todo:
        for task in below.get(todo.pop().name, ()):
            if task.name not in members:
                members[task.name] = task
                todo.append(task)
    order, left = [root], {name: task for name, task in members.items() if name != root.name}
    while left:
        # what a task of another graph comes before as well is no reason to leave a task out: no valid graph has that
        ready = [t for t in left.values() if not any(a in left for a in t.after)] or list(left.values())
        for task in sorted(ready, key=lambda t: t.name):
            order.append(task)
            del left[task.name]
    return order


@dataclass(frozen=True, slots=True)
class History:
    """The runs of one root by group, newest first, its due time, and what of them is under way."""

    groups: Mapping[str, tuple[TaskRun, ...]]
    order: tuple[str, ...]
    due: datetime | None
    under_way: frozenset[str]


def histories(
    rows: Iterable[TaskRun], under_way: Mapping[ObjectName, frozenset[str]], upcoming: Mapping[ObjectName, datetime],
    tasks: Mapping[ObjectName, Task], now: datetime,
) -> dict[ObjectName, History]:  # fmt: skip
    """By root. A row that is scheduled for a time to come is no run yet: it says when the next one is due, as `upcoming`."""
    names = {task.id: task.name for task in tasks.values() if task.is_root}
    groups: dict[ObjectName, dict[str, list[TaskRun]]] = defaultdict(lambda: defaultdict(list))
    due = dict(upcoming)
    for row in rows:
        root = names.get(row.root_id)
        if root is None:
            continue
        if row.state == "SCHEDULED" and not row.started and row.scheduled is not None and row.scheduled > now:
            if row.name == root and row.origin in {"SCHEDULE", "TRIGGER", ""}:
                due[root] = min(due.get(root, row.scheduled), row.scheduled)
        elif row.group:
            groups[root][row.group].append(row)
    return {
        root: History(
            {group: tuple(found) for group, found in groups[root].items()},
            tuple(sorted(groups[root], key=lambda g: _newest(groups[root][g]), reverse=True)),
            due.get(root),
            under_way.get(root, frozenset()) | {g for g, found in groups[root].items() if any(r.state == "EXECUTING" for r in found)},
        )
        for root in names.values()
    }  # fmt: skip


def _newest(rows: Iterable[TaskRun]) -> tuple[int, int]:
    return max((r.run_id, int(r.group) if r.group.isdigit() else 0) for r in rows)


def streak(history: History) -> int:
    """How many of the newest runs failed in a row; skipped, cancelled and unfinished ones do not count (reference A.2)."""
    count = 0
    for group in history.order:
        if group in history.under_way:
            continue
        rows = _by_attempt(history.groups[group])
        states = {row.state for row in rows.values()}
        if states & FAILED:
            count += 1
        elif states - {"SKIPPED", "CANCELLED", "SCHEDULED"}:
            return count
    return count


def _by_attempt(rows: Iterable[TaskRun]) -> dict[ObjectName, TaskRun]:
    """The row of each task's newest attempt."""
    return {row.name: row for row in sorted(rows, key=lambda r: r.attempt)}


def graph(root: Task, order: tuple[Task, ...], history: History, known: Recorded, wanted: Wanted) -> Graph:
    """The graph with the runs that are wanted; why it runs or does not, and why each suspended task is."""
    chosen = [
        _run(group, history.groups[group], root, over=group not in history.under_way)
        for group in _chosen(history, wanted)
    ]
    causes = tuple(
        (task.name, explain(Situation(task, None, None, known))) for task in order if task.state == "suspended"
    )
    standing = explain(Situation(root, None, None, known))
    shown = tuple(_shown(run, order, known) for run in chosen)
    return Graph(root, order, history.due, shown, standing, bool(history.order), causes)


def _chosen(history: History, wanted: Wanted) -> Sequence[str]:
    groups = list(history.order)
    if wanted.run:
        return [group for group in groups if group == wanted.run]
    if wanted.failed:
        groups = [g for g in groups if any(row.state in BAD for row in history.groups[g])]
    if wanted.since is not None:
        since = wanted.since
        return [g for g in groups if any(r.scheduled is not None and r.scheduled >= since for r in history.groups[g])]
    return groups[: wanted.last]


def _run(group: str, rows: Sequence[TaskRun], root: Task, *, over: bool) -> Run:
    ordered = sorted(rows, key=lambda r: r.attempt)
    newest = _by_attempt(rows)
    earlier: dict[ObjectName, list[TaskRun]] = defaultdict(list)
    for row in ordered:
        if row is not newest[row.name]:
            earlier[row.name].append(row)
    starts = [r.started for r in rows if r.started]
    ends = [r.completed for r in rows if r.completed]
    began = min(starts) if starts else ordered[0].scheduled
    versions = [r.version for r in rows if r.version is not None]
    return Run(
        group, root, newest, {name: tuple(found) for name, found in earlier.items()}, over, began, max(ends) if ends else None,
        ordered[0].origin, max(r.attempt for r in rows), max(versions) if versions else None,
    )  # fmt: skip


def _shown(run: Run, order: tuple[Task, ...], known: Recorded) -> GraphRun:
    names = {task.name for task in order}
    gone = [_gone(row, run.root) for row in run.rows.values() if row.name not in names]
    lines = []
    for task in (*order, *sorted(gone, key=lambda t: t.name)):
        row = run.row(task.name)
        lines.append(TaskLine(task, row, row.state if row else "", explain(Situation(task, row, run, known))))
    root = run.row(run.root.name)
    seconds = (run.ended - run.began).total_seconds() if run.began and run.ended else None
    return GraphRun(
        run.group, _state(run, root), run.origin, run.began, seconds, tuple(lines), run.attempt, run.version,
        remarks(Situation(run.root, root, run, known)),
    )  # fmt: skip


def _gone(row: TaskRun, root: Task) -> Task:
    """A task that only the history knows: its place in the graph is not recorded."""
    return Task(row.name, "", "", "", row.condition, (root.name,), None, None, "", gone=True)


def _state(run: Run, root: TaskRun | None) -> str:
    states = {row.state for row in run.rows.values()}
    if not run.is_over:
        return "EXECUTING"
    if states & FAILED:
        return "FAILED"
    if "CANCELLED" in states:
        return "CANCELLED"
    return "SKIPPED" if root is not None and root.state == "SKIPPED" else "SUCCEEDED"
