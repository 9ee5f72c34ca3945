"""One cause a module; the first that applies is the reason."""

from snowpipe_deploy import registry
from snowpipe_deploy.status.cause import Cause, Situation

CAUSES: tuple[Cause, ...] = tuple(
    sorted(registry.collect(__name__, __path__, "CAUSE", Cause), key=lambda cause: cause.rank)
)


def explain(situation: Situation) -> str:
    """Why the task stands as it does in this run, or now; "not recorded" where a run went by without it and nothing says why."""
    about = "now" if situation.run is None else "task"
    words = next((words for cause in CAUSES if about in cause.about and (words := cause.explain(situation))), "")
    if words or situation.run is None:
        return words
    ended_well = situation.row is not None and situation.row.state in {"SUCCEEDED", "EXECUTING", "SCHEDULED"}
    return "" if ended_well else "why is not recorded"


def remarks(situation: Situation) -> tuple[str, ...]:
    """What is to be known of a run as a whole; the situation is that of its root."""
    return tuple(words for cause in CAUSES if "run" in cause.about and (words := cause.explain(situation)))
