"""Cancelled by a deployment of ours that changed what the run used (`in_flight = "cancel"`)."""

from snowpipe_deploy.status.cause import Cause, Situation


def explain(s: Situation) -> str:
    if s.row is None or s.run is None or s.row.state != "CANCELLED" or s.row.started is None:
        return ""
    for step in s.known.cancels.get(s.run.root.name, ()):
        # the journal is written after the statement, the task ends a little after it or before
        if step.at is not None and s.row.started <= step.at and (s.row.completed is None or _near(s, step.at)):
            return f"cancelled by deployment {step.deployment} of {step.who}, which changed what it used"
    return ""


def _near(s: Situation, at: object) -> bool:
    completed = s.row.completed if s.row is not None else None
    return completed is not None and abs((completed - at).total_seconds()) < 60  # type: ignore[operator]


CAUSE = Cause(30, explain)
