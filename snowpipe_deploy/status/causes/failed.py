"""Failed with an error of its own."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or s.row.state not in {"FAILED", "FAILED_AND_AUTO_SUSPENDED"}:
        return ""
    code = f"{s.row.error_code}: " if s.row.error_code else ""
    return f"{code}{s.row.error or 'no message recorded'}"


CAUSE = Cause(20, explain)
