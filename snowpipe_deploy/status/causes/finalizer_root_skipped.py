"""A finalizer does not start when the root was skipped (reference A.8)."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if not s.is_absent or s.run is None or s.task.finalizes is None:
        return ""
    root = s.run.row(s.task.finalizes)
    if root is None or root.state != "SKIPPED":
        return ""
    return s.absent(f"{s.task.finalizes.last} was skipped, and a finalizer only follows a root that ran")


CAUSE = Cause(60, explain)
