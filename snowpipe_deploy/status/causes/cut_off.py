"""Cancelled with words of the account: it was closed, or took the run back."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "CANCELLED":
        return ""
    return f"cancelled by the account: {s.row.error}" if s.row.error else "cancelled; why and by whom is not recorded"


CAUSE = Cause(32, explain)
