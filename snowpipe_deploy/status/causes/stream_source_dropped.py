"""Failed because the source of a stream that it reads was dropped or replaced (reference B.6)."""

import re

from snowpipe_deploy.runs import FAILED
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import error, query

_DROPPED = re.compile(r"Base table '([^']*)' dropped, cannot read from stream '([^']*)'", re.IGNORECASE)


def explain(s: Situation) -> str:
    match = _DROPPED.search(s.row.error) if s.row is not None and s.row.state in FAILED else None
    if s.row is None or match is None:
        return ""
    return f"{match[1]}, the source of stream {match[2]}, was dropped or replaced: recreate the stream: {error(s.row)}{query(s.row)}"


CAUSE = Cause(23, explain)
