"""One cause a module; the first that applies is the reason."""

from snowpipe_deploy import registry
from snowpipe_deploy.status.cause import Cause, Situation

CAUSES: tuple[Cause, ...] = tuple(
    sorted(registry.collect(__name__, __path__, "CAUSE", Cause), key=lambda cause: cause.rank)
)


def explain(situation: Situation) -> str:
    """Why the task stands as it does in this run; "not recorded" where the account does not say."""
    if situation.row is not None and situation.row.state in {"SUCCEEDED", "EXECUTING", "SCHEDULED"}:
        return ""
    return next((words for cause in CAUSES if (words := cause.explain(situation))), "not recorded")
