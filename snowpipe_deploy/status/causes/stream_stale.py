"""Failed because a stream that it reads is stale: its changes are no longer kept."""

import re

from snowpipe_deploy.runs import FAILED
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import error, query

_STALE = re.compile(r"\bstream\b.*\bstale\b|\boffset\b.*\bpurged\b|recreate the stream", re.IGNORECASE | re.DOTALL)


def explain(s: Situation) -> str:
    if s.row is None or s.row.state not in FAILED or not _STALE.search(s.row.error):
        return ""
    return f"a stream that it reads is stale, recreate it (its position is lost): {error(s.row)}{query(s.row)}"


CAUSE = Cause(22, explain)
