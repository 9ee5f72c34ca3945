"""Not its turn yet: predecessors run or have not begun."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.predecessors import ends
from snowpipe_deploy.status.words import joined


def explain(s: Situation) -> str:
    if not s.is_absent or s.run is None or s.run.is_over:
        return ""
    awaited = [words for kind, words in ends(s) if kind in {"running", "pending"}]
    return f"waits: {joined(awaited)}" if awaited else "waits for its turn"


CAUSE = Cause(62, explain)
