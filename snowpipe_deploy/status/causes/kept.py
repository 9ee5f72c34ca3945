"""Succeeded in an earlier attempt and was not run again by the retry."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or s.run is None or s.row.state != "SUCCEEDED" or s.row.attempt >= s.run.attempt:
        return ""
    return f"ran in attempt {s.row.attempt}; attempt {s.run.attempt} did not need it again"


CAUSE = Cause(72, explain)
