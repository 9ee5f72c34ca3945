"""What the sessions of one open account have in common: the engine, the catalog, who has written what, and whom to tell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from snowpipe_deploy.local.catalog import Catalog, Entry
from snowpipe_deploy.local.clock import Clock
from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.kept_values import KeptValues
from snowpipe_deploy.local.privileges import Grants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from snowpipe_deploy.local.runner import Runner


@dataclass(slots=True)
class Shared:
    """What all sessions of one open account have in common. `lock` is held for the length of a statement."""

    engine: Engine
    catalog: Catalog
    clock: Clock
    files: Path
    transactions: "Iterator[int]"  # our numbers of transactions; only this process gives them out
    ids: "Iterator[int]"  # of objects, task runs and their groups; taken while the lock is held
    grants: Grants
    lock: RLock = field(default_factory=RLock)
    cache: dict[Any, Any] = field(default_factory=dict)
    values: KeptValues = field(default_factory=KeptValues)
    graphs: dict[int, tuple[int, list[dict[str, Any]]]] = field(default_factory=dict)  # by root: the newest version
    changed: dict[int, set[int]] = field(
        default_factory=dict
    )  # by open transaction: the tables whose rows it has changed
    locked: dict[int, set[int]] = field(
        default_factory=dict
    )  # by open transaction: the tables of which it has changed or deleted rows
    consumed: dict[int, set[int]] = field(
        default_factory=dict
    )  # by open transaction: the streams that its DML has read
    fresh_until: dict[int, tuple[int, datetime]] = field(
        default_factory=dict
    )  # by stream: catalog version, and when it gets stale
    asked_at: dict[int, datetime] = field(
        default_factory=dict
    )  # by stream: when it was asked for data and that was noted
    commits: int = 0  # that changed rows of a table
    writes: dict[int, int] = field(
        default_factory=dict
    )  # by table or stream: the number of the last commit that changed its rows or its offset
    refreshed_from: dict[int, object] = field(default_factory=dict)  # by dynamic table: what its last refresh has read
    refreshed: dict[int, datetime] = field(default_factory=dict)  # by dynamic table: its data timestamp
    temporaries: "dict[int, Runner]" = field(default_factory=dict)  # by id of the object: the session that made it
    functions: set[int] = field(default_factory=set)  # those in Python that the engine knows
    held: int = 0  # temporary tables that were made for rows
    moves: int = 0  # grows with every commit after which a stream may have or lose data
    wake: "Callable[[], object]" = lambda: None
    next_due: "Callable[[], dict[int, datetime]]" = dict
    active_runs: "Callable[[], list[Any]]" = list
    load_files: "Callable[[int], None]" = lambda _: None  # a pipe, by its id, has files to load
    schedule_run: "Callable[[Entry, str, datetime, object], None]" = lambda *_: None
    # told before each step of a scripting block, and at the start of a task: task, text, line and column in it, the step's
    # SQL. What it raises, the step raises.
    watch: "Callable[[str, str, int, int, str], None] | None" = None
    retry_run: "Callable[[Entry, str], None]" = lambda *_: None
    cancel_task: "Callable[[int], int]" = lambda _: 0
    # calls a procedure in Python with a Snowpark session that works in the caller's
    with_snowpark: "Callable[[Runner, Callable[[Any], object]], object]" = lambda _, __: None
    open_session: "Callable[[], Runner]" = field(default=lambda: (_ for _ in ()).throw(RuntimeError("not open")))

    def wrote(self, places: Iterable[int]) -> None:
        """Rows of these tables, or offsets of these streams, were changed for all to see."""
        self.commits += 1
        self.writes |= dict.fromkeys(places, self.commits)

    def ended(self, transaction: int) -> None:
        """Nothing is held any more by a transaction."""
        self.changed.pop(transaction, None)
        self.locked.pop(transaction, None)
        self.consumed.pop(transaction, None)
