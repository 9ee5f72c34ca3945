"""A SCHEDULE that Snowflake does not accept."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.schedules import FIELDS, Scheduled, schedules, zones
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_NAMES: tuple[dict[str, int], ...] = (
    {},
    {},
    {},
    dict(zip(_MONTHS, range(1, 13), strict=True)),
    dict(zip(_DAYS, range(7), strict=True)),
)
_ITEM = re.compile(r"(\*|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:/(\d+))?")
_UNITS = {"HOUR": (1, 192), "MINUTE": (1, 11520), "SECOND": (10, 691200)}
_FORMS = "'10 MINUTES' or 'USING CRON <minute hour day month weekday> <zone>'"

Problem = tuple[str, Severity]


def check(program: Program) -> Iterator[Hit]:
    for schedule in schedules(program):
        problem = _cron(schedule) if schedule.cron is not None else _interval(schedule)
        if problem is not None:
            message, severity = problem
            yield Hit(
                f"SCHEDULE of {schedule.step.label}: {message}",
                schedule.where,
                f"write {_FORMS}",
                schedule.step.label,
                severity,
            )


def _interval(schedule: Scheduled) -> Problem | None:
    if schedule.interval is None:
        return f"{schedule.text!r} is no schedule", "error"
    number, unit = schedule.interval
    whole = next((u for u in _UNITS if unit in {u, f"{u}S", u[0]}), "")
    if not whole:
        return f"{unit} is no unit of a schedule", "warning" if unit in {
            "MIN",
            "MINS",
            "SEC",
            "SECS",
            "HR",
            "HRS",
        } else "error"
    low, high = _UNITS[whole]
    if number == 0:
        return "an interval of 0 is none", "error"
    if not low <= number <= high:
        return f"{number} is outside {low} to {high} {whole}S", "warning"
    return None


def _cron(schedule: Scheduled) -> Problem | None:
    words = schedule.text.split()[2:]
    fields, zone = words[:-1], words[-1] if words else ""
    if len(words) == 5 and not re.search(r"[A-Za-z]{2}", zone):
        return "the time zone is missing behind the five fields", "error"
    if len(fields) != 5:
        return f"{len(fields)} CRON fields instead of 5 and a time zone", "error"
    if zone not in zones():
        known = zone.lower() in {one.lower() for one in zones()}
        return f"{zone!r} is no time zone of the IANA list", "warning" if known else "error"
    return next((problem for i, field in enumerate(fields) if (problem := _field(i, field.upper()))), None)


def _field(place: int, text: str) -> Problem | None:
    if text == "?":
        return f"? is not known to Snowflake ({FIELDS[place]})", "warning"
    for item in text.split(","):
        problem = _item(place, item)
        if problem is not None:
            return problem
    return None


def _item(place: int, item: str) -> Problem | None:
    if item == "L" and place in {2, 4}:
        return None
    if place == 4 and re.fullmatch(r"([0-6]|SUN|MON|TUE|WED|THU|FRI|SAT)L", item):
        return None
    match = _ITEM.fullmatch(item)
    if match is None:
        return f"{item!r} is no {FIELDS[place]}", "warning" if re.search(r"[#W?]", item) else "error"
    low, high = _RANGES[place]
    numbers = [_number(place, part) for part in (match[1], match[2]) if part and part != "*"]
    if any(number is None for number in numbers):
        return f"{item!r} is no {FIELDS[place]}", "error"
    values = [number for number in numbers if number is not None]
    if place == 4 and 7 in values:
        return "day of week 7 is not documented: Sunday is 0", "warning"
    if any(not low <= value <= high for value in values) or match[3] == "0":
        return f"{item!r} is outside {low} to {high} ({FIELDS[place]})", "error"
    if len(values) == 2 and values[0] > values[1]:
        return f"the range {item!r} goes backwards ({FIELDS[place]})", "warning"
    return None


def _number(place: int, text: str) -> int | None:
    return int(text) if text.isdigit() else _NAMES[place].get(text)


RULE = Rule(
    "SD214", "invalid-schedule", "error",
    "Snowflake knows intervals in hours, minutes and seconds, and CRON with exactly five fields and a time zone; with anything else "
    "the statement fails, or the task runs at other times than meant.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 0 6 * * ? UTC' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 6 * * MON-FRI UTC' AS CALL RAW.EXTRACT();
ALTER TASK RAW.LOAD RESUME;
""",
    source="H28",
)  # fmt: skip
