"""Refreshes dynamic tables before their content is older than their target lag."""

from datetime import datetime, timedelta

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.refreshes import lag, refresh_all, suspension, with_upstream
from snowpipe_deploy.local.shared import Shared

_REFRESHES_BETWEEN_PURGES = 500
_KEPT_FOR = timedelta(days=7)  # as INFORMATION_SCHEMA has them


class Refresher:
    """`next_due` says when each table with a lag of its own is refreshed next, with all above it: so long after its data
    timestamp as its lag allows. Snowflake begins earlier, and is done by then."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.next_due: dict[int, datetime] = {}
        self._tried: dict[int, datetime] = {}  # by table: when a refresh by the clock was tried last
        self._running: list[Entry] = []
        self._version: object = None  # of the catalog, when that was looked up
        self._done = 0
        self._runner = shared.open_session()
        self._runner.user = "SYSTEM"
        known = self._runner.engine.all("SELECT table_id, data_timestamp FROM _account.refreshed")
        shared.refreshed |= {int(str(table)): moment for table, moment in known if isinstance(moment, datetime)}

    def wake(self) -> None:
        """Refreshes what has fallen due, at one data timestamp."""
        with self.shared.lock:
            self._plan()
            now = self.shared.clock.now()
            due = {table for table, moment in self.next_due.items() if moment <= now}
            if not due:
                return
            tables = [entry for number in due if (entry := self.shared.catalog.by_id(number)) is not None]
            self._runner.engine.now(now)
            self._runner.new_query_id()
            done = refresh_all(self._runner, with_upstream(self._runner, tables), "SCHEDULED")
            self._tried |= dict.fromkeys(done, now)
            self._plan()
            self._done += len(done)
            if self._done >= _REFRESHES_BETWEEN_PURGES:
                self._done = 0
                self._runner.engine.run("DELETE FROM _account.refreshes WHERE completed < ?", [now - _KEPT_FOR])

    def _plan(self) -> None:
        """Keeps `next_due` in step with the tables and with what was refreshed, also by hand."""
        if self._version != self.shared.catalog.version:
            self._version = self.shared.catalog.version
            tables = [entry for entry in self.shared.catalog.of("DYNAMIC TABLE") if lag(entry)]
            self._running = [entry for entry in tables if not suspension(self._runner, entry)[0]]
        self.next_due = {entry.id: self._due(entry) for entry in self._running}

    def _due(self, entry: Entry) -> datetime:
        since = [entry.created_on, self.shared.refreshed.get(entry.id), self._tried.get(entry.id)]
        return max(moment for moment in since if moment is not None) + timedelta(seconds=lag(entry) or 0)

    def close(self) -> None:
        self._runner.close()
