"""The schedules of tasks and alerts: where they stand, and what their CRON fields say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.location import Location
from snowpipe_deploy.sqltext.lexer import code

_INTERVAL = re.compile(r"\s*(\d+)\s*([A-Za-z]+)\s*")
_CRON = re.compile(r"\s*USING\s+CRON\s+(.*?)\s*", re.IGNORECASE | re.DOTALL)
_SECONDS = {
    "H": 3600,
    "HOUR": 3600,
    "HOURS": 3600,
    "M": 60,
    "MINUTE": 60,
    "MINUTES": 60,
    "S": 1,
    "SECOND": 1,
    "SECONDS": 1,
}
FIELDS = ("minute", "hour", "day of month", "month", "day of week")


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A SCHEDULE clause of a task or alert."""

    step: Step
    text: str
    where: Location

    @property
    def interval(self) -> tuple[int, str] | None:
        """Number and unit of `'10 MINUTES'`."""
        match = _INTERVAL.fullmatch(self.text)
        return (int(match[1]), match[2].upper()) if match else None

    @property
    def seconds(self) -> int:
        """The length of an interval; 0 for CRON and for what is none."""
        number, unit = self.interval or (0, "S")
        return number * _SECONDS.get(unit, 0)

    @property
    def cron(self) -> tuple[str, ...] | None:
        """The words behind USING CRON."""
        match = _CRON.fullmatch(self.text)
        return tuple(match[1].upper().split()) if match else None

    @property
    def zone(self) -> str:
        match = _CRON.fullmatch(self.text)
        words = match[1].split() if match else []
        return words[5] if len(words) == 6 and words[5] in zones() else ""


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=4)
def schedules(program: Program) -> tuple[Scheduled, ...]:
    """All schedules whose text is known."""
    found = []
    for step in program.statements:
        if step.kind not in {"TASK", "ALERT"}:
            continue
        if step.creates and "SCHEDULE" in step.head.clauses:
            found.append(Scheduled(step, step.clause("SCHEDULE"), step.clause_at("SCHEDULE")))
        elif step.verb == "ALTER":
            found += _altered(step)
    return tuple(
        s for s in found if "__" not in s.text and "$" not in s.text and "{" not in s.text and "&" not in s.text
    )


def _altered(step: Step) -> Iterator[Scheduled]:
    tokens = code(step.statement.text)
    for i, token in enumerate(tokens[:-2]):
        if token.upper == "SCHEDULE" and tokens[i + 1].text == "=" and tokens[i + 2].kind == "string":
            yield Scheduled(step, tokens[i + 2].value, step.at(token.start))


@lru_cache(maxsize=256)
def clock_changes(zone: str) -> tuple[tuple[datetime, datetime, bool], ...]:
    """The wall times that a zone skips (False) or has twice (True), in the years after 2026."""
    place, found = ZoneInfo(zone), []
    moment, end = datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    while moment < end:
        after = moment + timedelta(days=1)
        if _offset(moment, place) != _offset(after, place):
            low, high = moment, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset(middle, place) == _offset(moment, place) else (low, middle)
            change = high.replace(second=0, microsecond=0)
            one, other = (change + _offset(m, place) for m in (moment, after))
            found.append((min(one, other).replace(tzinfo=None), max(one, other).replace(tzinfo=None), other < one))
        moment = after
    return tuple(found)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
