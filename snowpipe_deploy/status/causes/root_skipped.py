"""A finalizer does not start when the root was skipped (reference A.8)."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is not None or s.task.finalizes is None:
        return ""
    root = s.rows.get(s.task.finalizes)
    if root is not None and root.state == "SKIPPED":
        return f"did not run: {s.task.finalizes.last} was skipped"
    return "" if s.is_over else "waits for the end of the run"


CAUSE = Cause(60, explain)
