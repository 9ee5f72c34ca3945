"""Opens and owns the account's folder: the DuckDB file, the stage files, the clock, the scheduler."""

import contextlib
import importlib
import itertools
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from snowpipe_deploy.errors import DeployError, LockedError
from snowpipe_deploy.local import changes, dropped, temporaries
from snowpipe_deploy.local.alarms import Alarms
from snowpipe_deploy.local.catalog import Catalog
from snowpipe_deploy.local.clock import Clock
from snowpipe_deploy.local.engine import open_file, unopened
from snowpipe_deploy.local.loader import Loader
from snowpipe_deploy.local.privileges import Grants
from snowpipe_deploy.local.refresher import Refresher
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.scheduler import Scheduler
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.local.shared import Shared
from snowpipe_deploy.local.store import last_moment, last_transaction, new_ids, prepare
from snowpipe_deploy.session import SqlError

FILE = "account.duckdb"
Watcher = Callable[[str, str, int, int, str], None]


def _with_snowpark(caller: Runner, procedure: Callable[[Any], object]) -> object:
    """The server, with which Snowpark speaks, lies above the account: it is loaded by its name, where a procedure needs it."""
    return importlib.import_module("snowpipe_deploy.local.snowpark").run(caller, procedure)


class LocalAccount:
    """An open account; `close` waits for task graph runs that are under way.

    Its clock goes on from where it stood when the account was closed: schedules that fell due meanwhile did not, and
    are not made up for. `now` is where the clock of a new account begins. With `asleep`, schedules start a run in `tick`
    alone, so that how fast a test runs cannot decide what happens in it.
    """

    def __init__(self, folder: Path, *, now: datetime | None = None, asleep: bool = False) -> None:
        self.folder = folder
        self._engine = open_file(folder / FILE)
        try:
            self._start(now or datetime.now(UTC), asleep=asleep)
        except DeployError as error:
            self._engine.abandon()
            raise unopened(folder / FILE, error.text if isinstance(error, SqlError) else error.message) from error

    def _start(self, now: datetime, *, asleep: bool) -> None:
        prepare(self._engine)
        saved = self._engine.all("SELECT moment, frozen FROM _account.clock")
        # a process that was killed did not save its clock, but what it did has its time
        known = [saved[0][0] if saved else now, last_moment(self._engine) if self._engine.was_killed else None]
        base = max(moment for moment in known if isinstance(moment, datetime))
        clock = Clock(base, frozen=bool(saved and saved[0][1]))
        self.shared = Shared(
            self._engine,
            Catalog(self._engine),
            clock,
            self.folder / "files",
            itertools.count(last_transaction(self._engine) + 1),
            new_ids(self._engine),
            Grants(self._engine),
        )
        self.shared.open_session = lambda: LocalSession(self.shared)
        self.shared.with_snowpark = _with_snowpark
        self._drop_left()
        self.scheduler = Scheduler(self.shared)
        self.loader = Loader(self.shared)
        self.shared.load_files = self.loader.add
        self.alarms = Alarms(self.shared)
        self.refresher = Refresher(self.shared)
        if not asleep:
            self.shared.wake = self._wake
        self.shared.schedule_run = self.scheduler.add
        self.shared.retry_run = self.scheduler.retry
        self.shared.cancel_task = self.scheduler.cancel
        self.shared.next_due = lambda: self.scheduler.next_due
        self.shared.active_runs = lambda: list(self.scheduler.active.values())
        self._save_clock()

    def _drop_left(self) -> None:
        session = LocalSession(self.shared)
        temporaries.drop_left(session)
        dropped.expire(session)
        session.close()

    def session(self) -> LocalSession:
        return LocalSession(self.shared)

    login = session  # every session here has its own context and transaction

    def _wake(self) -> None:
        self.scheduler.wake()
        self.refresher.wake()
        self.alarms.wake()

    def now(self) -> datetime:
        return self.shared.clock.now()

    def settle(self) -> None:
        """Waits for the task graph runs under way to end."""
        self.scheduler.settle()

    def watch(self, watcher: Watcher | None) -> None:
        """Tells `watcher` of each step that is about to run (task, text of its block, line, column, SQL); the step raises what it
        raises. At the start of a task the text is its whole body, and line and column are 0. Of a MERGE that found rows for one
        of its WHENs the text is the statement, the line the number of the WHEN from 0, and the column -1."""
        self.shared.watch = watcher

    def freeze(self, *, frozen: bool = True) -> None:
        """Stops the clock where it stands, or lets it go on."""
        self.shared.clock.freeze(frozen=frozen)

    def move(self, to: datetime) -> None:
        """Sets the clock, back too, and starts nothing. Tasks that would be resumed only later are so from now on."""
        self.shared.clock.move(to)
        with self.shared.lock:
            for task in list(self.shared.catalog.of("TASK")):
                resumed = task.properties.get("resumed_on")
                if resumed and datetime.fromisoformat(str(resumed)) > to:
                    self.shared.catalog.change(self._engine, task.with_(resumed_on=to.isoformat()))
        self._save_clock()

    def tick(self, to: datetime) -> int:
        """Moves the clock forward; each schedule that falls due on the way starts its graph at its time, one after the other.

        The clock stands while a run works, so that a week of schedules passes in seconds and always in the same way.
        Returns the number of runs.
        """
        clock, runs = self.shared.clock, 0
        if to < clock.now():
            raise DeployError(
                f"the clock of the local account is at {clock.now():%Y-%m-%d %H:%M:%S} UTC and does not go back"
            )
        frozen = clock.frozen
        clock.freeze()
        try:
            runs += self._fall_due()
            while due := [m for m in self._dues() if m <= to]:
                clock.move(max(min(due), clock.now()))
                runs += self._fall_due()
            clock.move(to)
        finally:
            clock.freeze(frozen=frozen)
        self._save_clock()
        return runs

    def _dues(self) -> list[datetime]:
        """When something happens next: a schedule falls due, an alert is evaluated, a dynamic table is refreshed, a stream with
        data may start a task."""
        planned = (self.scheduler.next_due, self.alarms.next_due, self.refresher.next_due)
        return [*(moment for dues in planned for moment in dues.values()), *self.scheduler.trigger_times()]

    def _fall_due(self) -> int:
        """What is due at this moment of the clock, to its end; the number of graph runs."""
        runs = self.scheduler.wake()
        self.scheduler.settle()
        self.refresher.wake()
        self.alarms.wake()
        self.loader.settle()
        return runs

    def _save_clock(self) -> None:
        clock = self.shared.clock
        with self.shared.lock:  # a run that goes on takes its numbers from the same connection
            self._engine.run("BEGIN")
            self._engine.run("DELETE FROM _account.clock")
            self._engine.run("INSERT INTO _account.clock VALUES (?, ?)", [clock.now(), clock.frozen])
            self._engine.commit()

    def discard(self) -> None:
        """Closes without the work that pays only if the account is opened again."""
        self.scheduler.stop()
        self._engine.abandon()

    def close(self) -> None:
        self.scheduler.stop()
        self.loader.stop()
        self.alarms.close()
        self.refresher.close()
        with contextlib.suppress(DeployError):
            changes.purge(self._engine, self.shared.catalog)
            self._save_clock()
        self._engine.close()
        self._engine.seal.close()


def reset(folder: Path) -> None:
    """Removes the account from the disk, damaged or not; refuses while another process has it open."""
    if (folder / FILE).exists():
        try:
            open_file(folder / FILE).abandon()
        except LockedError:
            raise
        except DeployError:
            pass  # it cannot be opened, and is not going to be
    if folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.exists():
        raise DeployError(f"{folder} is no folder", hint="move the file away: the local account has its place there")
