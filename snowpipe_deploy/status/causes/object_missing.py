"""Failed because something that its body names is not there, or the owner role may not see it."""

import re

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import attempt, error, line, query

_MISSING = re.compile(r"does not exist or not authorized", re.IGNORECASE)


def explain(s: Situation) -> str:
    if s.row is None or s.row.state != "FAILED" or not _MISSING.search(s.row.error):
        return ""
    role = f"; it runs as role {s.task.owner}" if s.task.owner else ""
    return f"{error(s.row)}{line(s.row, s.task, s.known.sources)}{attempt(s.row)}{role}{query(s.row)}"


CAUSE = Cause(24, explain)
