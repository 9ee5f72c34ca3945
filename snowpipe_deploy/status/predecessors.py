"""How the predecessors of a task ended, and where a chain of tasks that did not run begins."""

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.status.cause import Run, Situation

TIMED_OUT = "000630"  # reference E: statement timeout
_ENDS = {
    "FAILED": ("failed", "failed"), "FAILED_AND_AUTO_SUSPENDED": ("failed", "failed"), "SKIPPED": ("skipped", "was skipped"),
    "CANCELLED": ("cancelled", "was cancelled"), "EXECUTING": ("running", "still runs"), "SCHEDULED": ("running", "is queued"),
}  # fmt: skip


def ends(s: Situation) -> list[tuple[str, str]]:
    """What keeps the task from running, by kind and in words, one for each predecessor that does.

    A suspended predecessor is passed over as if it had succeeded, unless all are suspended (reference A.8).
    """
    if s.run is None:
        return []
    found = [end for name in s.task.after if (end := _end(s, s.run, name)) is not None]
    stopping = [end for end in found if end[0] != "suspended"]
    return stopping or (found if len(found) == len(s.task.after) else [])


def blocked(s: Situation, kind: str) -> str:
    """The words, where a predecessor of this kind is the first that keeps the task from running."""
    if not s.is_absent:
        return ""
    found = ends(s)
    order = ("failed", "timed out", "cancelled", "skipped", "absent", "suspended")
    kinds = [k for k in order if any(k == end for end, _ in found)]
    if not kinds or kinds[0] != kind:
        return ""
    return s.absent(" and ".join(words for end, words in found if end in order))


def _end(s: Situation, run: Run, name: ObjectName) -> tuple[str, str] | None:
    row, task = run.row(name), s.known.tasks.get(name)
    if row is not None and row.error_code == TIMED_OUT:
        return "timed out", f"{name.last} timed out"
    if row is not None and row.state in _ENDS:
        kind, words = _ENDS[row.state]
        return kind, f"{name.last} {words}"
    if row is not None:
        return None
    if task is not None and task.state == "suspended":
        return "suspended", f"{name.last} is suspended"
    if not run.is_over:
        return "pending", f"{name.last} has not run yet"
    first = _origin(s, run, name, set())
    return "absent", f"{name.last} did not run" + (f", because {first}" if first else "")


def _origin(s: Situation, run: Run, name: ObjectName, seen: set[ObjectName]) -> str:
    """Up the chain from a task that did not run: the words of the first that ended, or is suspended."""
    task = s.known.tasks.get(name)
    seen.add(name)
    for above in task.after if task is not None else ():
        if above in seen:
            continue
        end = _end_here(s, run, above)
        words = end if end is not None else _origin(s, run, above, seen)
        if words:
            return words
    return ""


def _end_here(s: Situation, run: Run, name: ObjectName) -> str | None:
    row, task = run.row(name), s.known.tasks.get(name)
    if row is None:
        return f"{name.last} is suspended" if task is not None and task.state == "suspended" else None
    if row.error_code == TIMED_OUT:
        return f"{name.last} timed out"
    return f"{name.last} {_ENDS[row.state][1]}" if row.state in _ENDS else ""
