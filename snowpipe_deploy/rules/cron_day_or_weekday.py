"""A CRON schedule that runs on other days or minutes than it seems to say."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.schedules import FIELDS, schedules
from snowpipe_deploy.rule import Hit, Rule

_LENGTHS = (60, 24, 0, 12, 7)


def check(program: Program) -> Iterator[Hit]:
    for schedule in schedules(program):
        words = schedule.cron
        if words is None or len(words) != 6:
            continue
        label = schedule.step.label
        if _restricts(words[2]) and _restricts(words[4]):
            yield Hit(
                f"{label} runs on day {words[2]} of the month and also on every weekday {words[4]}: both together mean OR",
                schedule.where,
                "restrict one of the two, and test the other in WHEN or in the body",
                label,
            )
        for place, length in enumerate(_LENGTHS):
            step = words[place].removeprefix("*/")
            if step != words[place] and step.isdigit() and length and 0 < int(step) < length and length % int(step):
                yield Hit(
                    f"{label} does not run every {step} in {FIELDS[place]}: */{step} begins anew after {length}",
                    schedule.where,
                    f"take a step that divides {length}, or an interval such as '{step} MINUTES'",
                    label,
                    None if place < 2 else "info",
                )


def _restricts(field: str) -> bool:
    return not field.startswith(("*", "?"))


RULE = Rule(
    "SD215", "cron-day-or-weekday", "warning",
    "A day of the month together with a day of the week means either of them, and a step that does not divide its field leaves a "
    "short interval at the end. Say only what is meant.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 6 1 * MON UTC' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 6 * * MON UTC' AS CALL RAW.EXTRACT();
ALTER TASK RAW.LOAD RESUME;
""",
    source="H28",
)  # fmt: skip
