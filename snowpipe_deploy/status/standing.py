"""Suspended tasks: who did it, as far as the account and our journal tell."""

from datetime import timedelta

from snowpipe_deploy.status.cause import Situation

# our journal is written after the statement, by the account's clock
_NEAR = timedelta(seconds=60)


def is_suspended(s: Situation) -> bool:
    """Is it a task that stands still now, and had no row in the run that is asked about? A root needs none to be executed."""
    if s.task.state != "suspended" or s.task.gone:
        return False
    return s.run is None or (s.row is None and not s.task.is_root)


def still(s: Situation, words: str) -> str:
    """The words; of a run they are marked as what stands now, because no account records what stood then."""
    return words if s.run is None else f"{s.absent(words)} (as it stands now)"


def ours(s: Situation) -> bool:
    """Was the last thing that happened to the task our suspension of it?"""
    step = s.known.steps.get(s.task.name)
    if step is None or step.verb not in {"suspend", "suspending"}:
        return False
    if step.verb == "suspending":  # it meant to, and ended before it could say that it had
        return s.task.suspended_on is not None and step.at is not None and s.task.suspended_on >= step.at
    return s.task.suspended_on is None or step.at is None or s.task.suspended_on <= step.at + _NEAR


def unstarted(s: Situation) -> bool:
    """Did a deployment that ended badly make the task, and nobody resume it since?"""
    step = s.known.steps.get(s.task.name)
    if step is None or step.verb not in {"create", "adopt"} or step.is_under_way:
        return False
    return step.outcome != "done" and s.task.suspended_on is None
