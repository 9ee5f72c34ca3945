"""Looks at the conditions of started alerts when their schedules fall due."""

from datetime import datetime

from snowpipe_deploy.local.shared import Shared
from snowpipe_deploy.local.statements.alerts import evaluate
from snowpipe_deploy.schedule import parse_schedule


class Alarms:
    """`next_due` says when each started alert looks next; times missed while the account was closed are not made up."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.next_due: dict[int, datetime] = {}
        self._seen: dict[int, tuple[str, str]] = {}
        self._looking = False
        self._runner = shared.open_session()
        self._runner.user = "SYSTEM"

    def wake(self) -> None:
        """Lets each alert that is due look once; an alert's own statements wake nobody."""
        with self.shared.lock:
            if self._looking:
                return
            due = self._due(self.shared.clock.now())
            self._looking = bool(due)
        try:
            for alert_id, moment in due:
                alert = self.shared.catalog.by_id(alert_id)
                if alert is not None:
                    self._runner.role, self._runner.warehouse = alert.owner, alert.properties.get("WAREHOUSE")
                    evaluate(self._runner, alert, moment, "SCHEDULE")
        finally:
            if due:
                self._looking = False

    def _due(self, now: datetime) -> list[tuple[int, datetime]]:
        """Keeps `next_due` in step with the alerts, and takes out of it what has fallen due."""
        started = {
            alert.id: (str(alert.properties["SCHEDULE"]), str(alert.properties.get("resumed_on")))
            for alert in self.shared.catalog.of("ALERT")
            if alert.properties["state"] == "started"
        }
        self.next_due = {
            number: self.next_due[number]
            if self._seen.get(number) == key and number in self.next_due
            else _next(key, now)
            for number, key in started.items()
        }
        self._seen = started
        due = [(number, moment) for number, moment in self.next_due.items() if moment <= now]
        self.next_due |= {number: _next(started[number], now) for number, _ in due}
        return due

    def close(self) -> None:
        self._runner.close()


def _next(key: tuple[str, str], now: datetime) -> datetime:
    schedule, resumed = key
    return parse_schedule(schedule).next_after(now, datetime.fromisoformat(resumed))
