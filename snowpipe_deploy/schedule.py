"""Task schedules (`'10 MINUTES'`, `'USING CRON 0 */6 * * * UTC'`) and lags of dynamic tables, compared by value, not by text."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

_INTERVAL = re.compile(r"\s*(\d+)\s*(HOURS?|H|MINUTES?|M|SECONDS?|S)\s*", re.IGNORECASE)
_CRON = re.compile(r"\s*USING\s+CRON\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(\S+)\s*", re.IGNORECASE)
_SECONDS = {"H": 3600, "M": 60, "S": 1}
_LAG = re.compile(r"\s*(\d+)\s*(SECOND|MINUTE|HOUR|DAY)S?\s*", re.IGNORECASE)
_LAG_SECONDS = {"DAY": 86400, "HOUR": 3600, "MINUTE": 60, "SECOND": 1}
_DURATION = re.compile(r"\s*(\d+)\s*([smhd])\s*")


def canonical(text: str) -> str:
    """A schedule as it is compared: '10 MINUTE' says the same as '10 MINUTES'; what is no schedule stays as it is written."""
    try:
        return str(parse_schedule(text))
    except ValueError:
        return text


def duration(text: str) -> timedelta | None:
    """`90s`, `30m`, `6h` or `7d`; None for anything else."""
    match = _DURATION.fullmatch(text)
    return timedelta(seconds=int(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]) if match else None


def lag_seconds(text: str) -> int | None:
    """The seconds of the target lag `'5 minutes'`; None for anything else."""
    match = _LAG.fullmatch(text)
    return int(match[1]) * _LAG_SECONDS[match[2].upper()] if match else None


def canonical_lag(text: str) -> str:
    """A target lag as SHOW spells it, in its largest whole unit: `1 minute` for '60 SECONDS', `DOWNSTREAM`."""
    seconds = lag_seconds(text)
    if not seconds:
        return text.upper() if text.upper() == "DOWNSTREAM" else text
    unit, size = next((unit, size) for unit, size in _LAG_SECONDS.items() if seconds % size == 0)
    count = seconds // size
    return f"{count} {unit.lower()}{'s' if count > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Either an interval in seconds or five CRON fields with their zone."""

    interval: int = 0
    cron: str = ""
    zone: str = "UTC"

    def __str__(self) -> str:
        return f"USING CRON {self.cron} {self.zone}" if self.cron else f"{self.interval} SECONDS"

    def next_after(self, moment: datetime, resumed: datetime) -> datetime:
        """The first due time after `moment` (both aware). Intervals count from the resume, CRON from the clock.

        On the day the clocks change, a local time that occurs twice runs twice and one that does not exist does not
        run (reference A.3).
        """
        if not self.cron:
            passed = int((moment - resumed).total_seconds() // self.interval)
            return resumed + timedelta(seconds=self.interval * max(1, passed + 1))
        zone = ZoneInfo(self.zone)
        # start three hours back: wall times around a clock change do not follow each other in real order
        walls = CronSim(self.cron, moment.astimezone(zone).replace(tzinfo=None) - timedelta(hours=3))
        later: list[datetime] = []
        for wall in walls:
            later += [instant for instant in _instants(wall, zone) if instant > moment]
            if (later and max(later) > min(later) + timedelta(hours=3)) or len(later) > 200:
                break
        return min(later)


def _instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    both = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(instant for instant in both if instant.astimezone(zone).replace(tzinfo=None) == wall)


def parse_schedule(text: str) -> Schedule:
    """Reads the text of a SCHEDULE clause; raises ValueError with what is wrong."""
    if match := _INTERVAL.fullmatch(text):
        seconds = int(match[1]) * _SECONDS[match[2][0].upper()]
        if seconds < 10:
            raise ValueError("a schedule interval is at least 10 seconds")
        return Schedule(interval=seconds)
    if match := _CRON.fullmatch(text):
        cron, zone = re.sub(r"\s+", " ", match[1]).upper(), match[2]
        try:
            CronSim(cron, datetime(2024, 1, 1))  # noqa: DTZ001 - wall time on purpose
        except CronSimError as error:
            raise ValueError(f"{cron!r} is not a CRON expression: {error}") from error
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone {zone!r}") from error
        return Schedule(cron=cron, zone=zone)
    raise ValueError(f"{text!r} is no schedule: '<n> MINUTES' or 'USING CRON <minute hour day month weekday> <zone>'")
