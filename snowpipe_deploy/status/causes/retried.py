"""Ran again in a later attempt of the run; says how the attempt before it ended."""

from snowpipe_deploy.runs import BAD
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import error


def explain(s: Situation) -> str:
    if s.row is None or s.run is None or s.row.state != "SUCCEEDED" or s.row.attempt < 2:
        return ""
    before = s.run.earlier.get(s.task.name, ())
    how = "retried by hand" if s.row.origin == "MANUAL RETRY" else "retried by the account"
    if not before:
        return f"attempt {s.row.attempt}, {how}: it had not run before"
    last = before[-1]
    if last.state not in BAD:
        return f"attempt {s.row.attempt}, {how}: attempt {last.attempt} had {last.state.lower()} as well"
    ended = "was cancelled" if last.state == "CANCELLED" else "failed"
    return f"attempt {s.row.attempt}, {how}: attempt {last.attempt} {ended}: {error(last)}"


CAUSE = Cause(71, explain)
