"""What a test runs on: an account with the project on it, whose clock, task runs and steps are in the test's hand."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from snowpipe_deploy.model import Project
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import Session

# told of each step that is about to run: task, text of its block, line and column in it, SQL
Watcher = Callable[[str, str, int, int, str], None]


class Bench(Protocol):
    """An account for one test, the project deployed on it."""

    @property
    def project(self) -> Project:
        """As it is deployed here: in the database of this bench."""

    def session(self) -> Session: ...

    def now(self) -> datetime:
        """By the account's clock."""

    def tick(self, to: datetime) -> int:
        """Moves the clock forward; schedules that fall due on the way run. Returns the number of runs."""

    def run(self, session: Session, task: ObjectName, config: Mapping[str, Any], before: set[str]) -> None:
        """Runs a task graph to its end; `before` are the groups of its runs so far."""

    def refusal(self, sql: str) -> str:
        """Why a statement of a test must not be sent here; empty where it may be."""

    def watch(self, watcher: Watcher | None) -> None:
        """Tells of each step of a body that is about to run; the step raises what the watcher raises."""

    def close(self, *, keep: bool = False) -> None:
        """With `keep`, another bench will begin as this one ends."""


class Benches(Protocol):
    """Where benches come from; handed to other processes."""

    @property
    def copies(self) -> bool:
        """Can a bench begin as another one ended?"""

    def lacks(self, words: frozenset[str]) -> str:
        """Why a test that needs these (clock, faults) cannot run here; empty where it can."""

    def open(self, folder: Path, source: Path | None = None, now: datetime | None = None) -> Bench:
        """A fresh bench in this folder; with `source` as the one of that folder was when it was closed."""
