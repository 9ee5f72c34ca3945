"""Failed because its body raised an exception of its own."""

import re

from snowpipe_deploy.runs import FAILED
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import attempt, line, query

_RAISED = re.compile(r"Uncaught exception of type '([^']+)' on line \d+ at position \d+ : (.*)", re.DOTALL)


def explain(s: Situation) -> str:
    match = _RAISED.fullmatch(s.row.error) if s.row is not None and s.row.state in FAILED else None
    if s.row is None or match is None or match[1] in {"STATEMENT_ERROR", "EXPRESSION_ERROR"}:
        return ""
    return f"its body raised {match[1]}: {match[2]}{line(s.row, s.task, s.known.sources)}{attempt(s.row)}{query(s.row)}"


CAUSE = Cause(25, explain)
