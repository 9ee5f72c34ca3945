"""Suspended since it was made: nobody resumed it."""

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.standing import is_suspended, still
from snowpipe_deploy.status.words import at


def explain(s: Situation) -> str:
    if not is_suspended(s):
        return ""
    words = "never resumed since it was made"
    return still(s, words + (f" on {at(s.task.created)}" if s.task.created else ""))


CAUSE = Cause(49, explain, ("task", "now"))
