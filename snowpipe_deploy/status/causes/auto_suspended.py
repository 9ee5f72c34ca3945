"""Failed once too often: the graph was suspended with it (SUSPEND_TASK_AFTER_NUM_FAILURES)."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.failure import error, line, query


def explain(s: Situation) -> str:
    if s.row is None or s.run is None or s.row.state != "FAILED_AND_AUTO_SUSPENDED":
        return ""
    count = s.known.streak.get(s.run.root.name, 1)
    times = f", the last of {count} failed runs in a row" if count > 1 else ""
    return (
        f"{error(s.row)}{line(s.row, s.task, s.known.sources)}{times}: the graph was suspended after it{query(s.row)}"
    )


CAUSE = Cause(26, explain)
