"""Did not run: a predecessor failed, was skipped or did not run itself."""

from snowpipe_deploy.status.cause import Cause, Situation

_WORDS = {
    "FAILED": "failed",
    "FAILED_AND_AUTO_SUSPENDED": "failed",
    "SKIPPED": "was skipped",
    "CANCELLED": "was cancelled",
}


def explain(s: Situation) -> str:
    if s.row is not None or not s.task.after:
        return ""
    found = []
    for name in s.task.after:
        row, task = s.rows.get(name), s.tasks.get(name)
        if row is not None and row.state in _WORDS:
            found.append(f"{name.last} {_WORDS[row.state]}")
        elif row is None and task is not None and task.state == "suspended":
            found.append(f"{name.last} is suspended")
        elif row is None and s.is_over:
            found.append(f"{name.last} did not run")
    return f"did not run: {' and '.join(found)}" if found else ""


CAUSE = Cause(50, explain)
