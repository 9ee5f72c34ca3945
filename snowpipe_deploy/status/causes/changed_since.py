"""The graph was changed after the run began: what stands in the files now is not what ran."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if s.run is None or s.run.began is None or s.task.committed is None or s.task.committed <= s.run.began:
        return ""
    return (
        f"the root was resumed or changed on {at(s.task.committed)}, after this run began: it used the graph as it was"
    )


CAUSE = Cause(92, explain, ("run",))
