"""Cancelled while it ran."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import query

_BY_STATEMENT = "000604"  # SQL execution canceled


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "CANCELLED" or s.row.error_code != _BY_STATEMENT:
        return ""
    if s.row.error and "canceled" not in s.row.error.lower():
        return ""
    return f"cancelled while it ran; by whom is not recorded{query(s.row)}"


CAUSE = Cause(31, explain)
