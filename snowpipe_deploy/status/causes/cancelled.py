"""Cancelled while it ran."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    return (
        f"cancelled: {s.row.error or 'by whom is not recorded'}"
        if s.row is not None and s.row.state == "CANCELLED"
        else ""
    )


CAUSE = Cause(30, explain)
