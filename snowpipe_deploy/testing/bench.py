"""What a test runs on: an account with the project on it, whose clock, task runs and steps are in the test's hand."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from snowpipe_deploy.session import Session

# told of each step that is about to run: task, text of its block, line and column in it, SQL
Watcher = Callable[[str, str, int, int, str], None]


class Bench(Protocol):
    """An account for one test, the project deployed on it."""

    def session(self) -> Session: ...

    def now(self) -> datetime:
        """By the account's clock."""

    def tick(self, to: datetime) -> int:
        """Moves the clock forward; schedules that fall due on the way run. Returns the number of runs."""

    def settle(self) -> None:
        """Waits for the task graph runs under way to end."""

    def watch(self, watcher: Watcher | None) -> None:
        """Tells of each step of a body that is about to run; the step raises what the watcher raises."""

    def close(self) -> None: ...


class Benches(Protocol):
    """Where benches come from; handed to other processes. `needs` names what a test cannot have here, or is empty."""

    @property
    def database(self) -> str: ...

    @property
    def copies(self) -> bool:
        """Can a bench begin as another one ended?"""

    def lacks(self, words: frozenset[str]) -> str:
        """Why a test that needs these (clock, faults) cannot run here; empty where it can."""

    def open(self, folder: Path, source: Path | None = None, now: datetime | None = None) -> Bench:
        """A fresh bench in this folder; with `source` as the one of that folder was when it was closed."""
