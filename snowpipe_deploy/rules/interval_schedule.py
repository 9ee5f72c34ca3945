"""An interval of hours or days, whose time of day moves with every deployment."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.schedules import schedules
from snowpipe_deploy.rule import Hit, Rule

_HOUR, _DAY = 3600, 86400


def check(program: Program) -> Iterator[Hit]:
    for schedule in schedules(program):
        seconds, label = schedule.seconds, schedule.step.label
        if seconds and seconds % _DAY == 0:
            message = f"{label} runs every {schedule.text} counted from its last RESUME: its time of day moves with every deployment"
            yield Hit(message, schedule.where, "say the hour: 'USING CRON 0 3 * * * UTC'", label)
        elif seconds and seconds % _HOUR == 0:
            message = f"{label} runs every {schedule.text} counted from its last RESUME, not on the hour"
            yield Hit(
                message, schedule.where, "use CRON if the hour matters: 'USING CRON 0 * * * * UTC'", label, "info"
            )


RULE = Rule(
    "SD217", "interval-schedule", "warning",
    "An interval counts from the last RESUME, so a daily task runs at the time of day of the last deployment. CRON says the hour.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = '1440 MINUTES' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 3 * * * UTC' AS CALL RAW.EXTRACT();
ALTER TASK RAW.LOAD RESUME;
""",
    source="H30",
)  # fmt: skip
