"""A CRON time that the change of the clocks skips or repeats."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from cronsim import CronSim, CronSimError

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.schedules import Scheduled, clock_changes, schedules
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for schedule in schedules(program):
        words = schedule.cron
        if words is None or not schedule.zone or words[1].startswith("*"):
            continue
        falls = list(_falls(schedule))
        if falls:
            fates = " and ".join(dict.fromkeys("runs twice" if twice else "does not run" for _, twice in falls))
            times = " and ".join(dict.fromkeys(f"{moment:%H:%M}" for moment, _ in falls))
            yield Hit(
                f"{schedule.step.label} is due at {times} {schedule.zone}: on the day the clocks change it {fates}",
                schedule.where,
                "take an hour from 4 on, or UTC",
                schedule.step.label,
            )


def _falls(schedule: Scheduled) -> Iterator[tuple[datetime, bool]]:
    """The due times that are skipped (False) or that come twice (True), in the next years."""
    cron = " ".join((schedule.cron or ())[:5])
    for begin, end, twice in clock_changes(schedule.zone):
        try:
            due = next(itertools.islice(CronSim(cron, begin - timedelta(minutes=1)), 1), None)
        except CronSimError:
            return
        if due is not None and due < end:
            yield due, twice


RULE = Rule(
    "SD216", "cron-in-clock-change", "warning",
    "A local time in the hour that the clocks skip in spring does not run that day, and one in the repeated hour of autumn runs "
    "twice. Take another hour, or UTC.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 30 2 * * * Europe/Berlin' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 30 4 * * * Europe/Berlin' AS CALL RAW.EXTRACT();
ALTER TASK RAW.LOAD RESUME;
""",
    source="H29",
)  # fmt: skip
