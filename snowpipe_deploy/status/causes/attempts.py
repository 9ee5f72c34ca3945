"""The run was retried as a whole: how often, and how."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.run is None or s.run.attempt < 2:
        return ""
    last = max(s.run.rows.values(), key=lambda row: row.attempt)
    return f"attempt {s.run.attempt}, retried {'by hand' if last.origin == 'MANUAL RETRY' else 'by the account'}"


CAUSE = Cause(94, explain, ("run",))
