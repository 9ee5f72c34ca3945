"""What every statement runs with: the engine cursor, the catalog, names, variables and the open transaction."""

import shutil
import uuid
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from snowpipe_deploy.local.catalog import Catalog, Entry, quoted
from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.privileges import ADMIN
from snowpipe_deploy.local.replay import Replay, Step, inserts, is_new_each_time
from snowpipe_deploy.local.shared import Shared
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import Result, SqlError
from snowpipe_deploy.types import DataType


@dataclass(frozen=True, slots=True)
class TaskRun:
    """What a task's body can ask about the run it is part of."""

    task: str
    root: str
    root_id: int
    group: str
    scheduled: datetime
    config: str | None
    returned: Mapping[str, str]
    predecessors: tuple[str, ...]  # those that are not suspended
    ended: Mapping[str, str]  # how each task of the graph ended, or NOT_EXECUTED

    @property
    def facts(self) -> dict[str, str]:
        """What SYSTEM$TASK_RUNTIME_INFO answers."""
        return {
            "CURRENT_TASK_NAME": self.task,
            "CURRENT_ROOT_TASK_NAME": self.root,
            "CURRENT_ROOT_TASK_UUID": str(self.root_id),
            "CURRENT_TASK_GRAPH_RUN_GROUP_ID": self.group,
            "CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP": self.scheduled.astimezone(UTC).strftime(
                "%Y-%m-%d %H:%M:%S.%f"
            )[:-3],
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One that ran: its text as sent, when, how many rows it gave or changed, and its error."""

    query_id: str
    text: str
    started: datetime
    ended: datetime
    rows: int | None
    error: SqlError | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a transaction of the engine sees: the commits so far, and the version of the catalog."""

    commits: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Variable:
    """A session variable: its value, the type of what it was set to, and when."""

    value: object
    type: DataType
    made: datetime


class Runner:
    """One session's state. `execute` is given by `Session`, which knows all statements."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.engine = shared.engine.cursor()
        self.database: str | None = None
        self.schema: str | None = None
        self.role = ADMIN
        self.user = "LOCAL"
        self.warehouse: str | None = None
        self.chose_warehouse = False  # whoever never named one needs none
        self.own = object()  # tells what is kept for this session from what is kept for others
        self.variables: dict[str, Variable] = {}
        self.parameters: dict[str, str] = {}
        self.task_run: TaskRun | None = None
        self.return_value: str | None = None
        self.statements: deque[Statement] | None = (
            None  # those that ran, where somebody wants to know; the newest of them
        )
        self.loads: dict[int, str] = {}  # the last COPY into each table, by the table's id: VALIDATE asks for it
        self.stop: SqlError | None = None  # set from another thread: raised at the next step, and no handler catches it
        self.results: dict[str, Rows] = {}
        self.binds: Mapping[str, Any] = {}  # scripting variables of the statement that runs
        self.last_query_id = ""
        self.query_ids: list[str] = []  # of the statements that ran in this session
        self.query_id = ""
        self.coming_id = ""  # of the next statement, where a client was told it before it runs
        self.transaction: int | None = None  # our number of the open transaction, explicit or of one statement
        self.explicit = False
        self.scope = 0  # depth of procedure calls: a transaction ends where it began
        self.owners_rights = False  # does a procedure with its owner's rights run?
        self.transaction_scope = 0
        self.depth = 0  # of scripting blocks that run inside each other
        self._ordinal = 0
        self._consumed: set[int] = set()
        self.snapshot = Snapshot()  # what the explicit transaction sees
        self._moved: set[int] = set()  # the tables and streams of which it sees more than when it began
        self.reading: set[int] = set()  # the tables and streams that the statement reads
        self._read: set[int] = set()  # and those that what it has done has read
        self._replay = Replay()
        self.lost = ""  # why the open transaction has to be rolled back
        self._unused: list[Path] = []
        self._held: list[str] = []  # temporary tables with rows that statements were given

    # -- names ---------------------------------------------------------------------------------------------------

    @property
    def catalog(self) -> Catalog:
        return self.shared.catalog

    def full(self, name: ObjectName, parts: int = 3) -> ObjectName:
        """The name completed from the session's database and schema."""
        if len(name.parts) >= parts:
            return name
        if self.database is None:
            raise sql_error("no_context", "database. Call 'USE DATABASE', or use a qualified name")
        if parts == 2:
            return name.within(self.database)
        if len(name.parts) == 1 and self.schema is None:
            raise sql_error("no_context", "schema. Call 'USE SCHEMA', or use a qualified name")
        return name.within(self.database, self.schema or "")

    def relation(self, name: ObjectName) -> Entry:
        """A table, view, dynamic table or stream by name: what may stand in FROM."""
        full = self.full(name)
        entry = self.catalog.find("TABLE", full) or self.catalog.find("STREAM", full)
        if entry is None or not self.sees(entry):
            raise sql_error("missing_relation", full)
        return entry

    def source(self, name: ObjectName) -> Entry:
        """A relation whose rows the role may read; of a stream also what it is on (reference B.9)."""
        entry = self.relation(name)
        self.require(entry, "SELECT")
        if entry.kind == "STREAM" and (below := self.catalog.by_id(entry.properties["source"])) is not None:
            self.require(below, "SELECT")
        return entry

    def target(self, name: ObjectName) -> Entry:
        """A table that may be written to."""
        entry = self.relation(name)
        if entry.kind != "TABLE":
            raise sql_error("syntax", f"{entry.kind.lower()} {entry.name} cannot be changed by DML")
        self.require(entry, "INSERT", "UPDATE", "DELETE", "TRUNCATE")
        return entry

    def require_warehouse(self) -> None:
        """For what computes, not for what defines: raises where the warehouse is gone that the session has chosen."""
        name = ObjectName((self.warehouse or "",))
        if self.chose_warehouse and self.catalog.find("WAREHOUSE", name) is None:
            raise sql_error("no_warehouse")

    # -- privileges ----------------------------------------------------------------------------------------------

    @property
    def rights(self) -> object:
        """What may be seen depends on: the role's privileges (the administrator has them all), the session's temporary objects."""
        privileges = None if self.role == ADMIN else (self.role, self.shared.grants.version)
        return (privileges, self.own) if self.shared.temporaries else privileges

    def may(self, entry: Entry, *privileges: str) -> bool:
        """Has the role one of the privileges (or OWNERSHIP) on the object?"""
        return self.role == ADMIN or bool(
            {*privileges, "OWNERSHIP"} & self.shared.grants.privileges(self.role, entry)
        )  # fmt: skip

    def sees(self, entry: Entry) -> bool:
        """May the role know that the object is there: it, and USAGE of the schema and database it lies in."""
        if self.shared.temporaries.get(entry.id, self) is not self:
            return False
        if self.role == ADMIN:
            return True
        parts = entry.name.parts
        for kind, depth in (("DATABASE", 1), ("SCHEMA", 2)):
            above = self.catalog.find(kind, ObjectName(parts[:depth])) if len(parts) > depth else None
            if above is not None and not self.may(above, "USAGE"):
                return False
        return bool(self.shared.grants.privileges(self.role, entry))

    def require(self, entry: Entry, *privileges: str) -> None:
        """003001 where the role has none of the privileges; 002003 where it may not even know of the object."""
        if self.may(entry, *privileges):
            return
        if not self.sees(entry):
            raise sql_error("missing", entry.kind.title(), entry.name)
        raise sql_error("privileges", entry.kind.lower(), entry.name.last)

    def require_account(self, privilege: str) -> None:
        if self.role != ADMIN and privilege not in self.shared.grants.of_account(self.role):
            raise sql_error("privileges", "account", "LOCAL")

    # -- transactions --------------------------------------------------------------------------------------------

    def begin(self, *, explicit: bool) -> None:
        """Starts a transaction; nested BEGIN is ignored while one is open (reference E.9)."""
        if self.transaction is not None:
            return
        self.transaction = next(self.shared.transactions)
        self.explicit, self._ordinal, self.transaction_scope = explicit, 0, self.scope
        self._consumed, self._replay, self.lost = set(), Replay(), ""
        self._open()
        self._moved, self._read = set(), set()

    def _open(self) -> None:
        self.engine.run("BEGIN")
        if self.explicit:
            # DuckDB fixes what a transaction sees when it first reads, Snowflake at BEGIN (reference B.4)
            self.engine.all("SELECT 1 FROM _account.clock")
            before, self.snapshot = self.snapshot, Snapshot(self.shared.commits, self.catalog.version)
            self._moved |= {table for table, commit in self.shared.writes.items() if commit > before.commits}

    def look_at(self, tables: Collection[int], streams: Collection[int]) -> None:
        """What a statement is about to read.

        In Snowflake each statement of a transaction sees what is committed when it begins, and streams as they were when the
        transaction began (reference E.9, B.4); in the engine a transaction sees one moment. It takes a new one where what it has
        done so far would be the same there; else it is refused what others have changed since: to show it as it was would be wrong.
        """
        if self.explicit and (stale := self._stale(tables)):
            if self._replay.steps and (not self._replay.is_certain or self._stale(self._read)):
                raise unsupported(
                    f"reading {stale}, which another session has changed since this transaction began: COMMIT or ROLLBACK first"
                )
            self._restart()
            self.require_transaction()
        self.reading = set(tables)
        for number in streams:
            stream = self.catalog.by_id(number)
            below = (
                [] if stream is None else [stream.properties["source"], *map(int, stream.properties.get("below", ()))]
            )
            if self.explicit and self._moved & {number, *below}:
                raise unsupported(
                    f"reading stream {stream.name if stream else ''} as it was when the transaction began: COMMIT or ROLLBACK first"
                )
            self.reading |= {number, *below}

    def count(self, entry: Entry) -> int:
        """The rows of a table as they are committed now, where the transaction sees it otherwise, or not at all."""
        sql = f"SELECT count(*) FROM {entry.base}"
        if not (self.explicit and self._stale([entry.id])):
            return int(str(self.engine.all(sql)[0][0]))
        other = self.shared.engine.cursor()
        try:
            return int(str(other.all(sql)[0][0]))
        finally:
            other.close()

    def _stale(self, places: Collection[int]) -> str:
        """One of these that another session has changed, or taken away, since what the transaction sees; empty: none."""
        for number in places:
            entry = self.catalog.by_id(number)
            if entry is None:
                return "an object that is gone"
            written = self.shared.writes.get(number, 0) > self.snapshot.commits
            if written or self.catalog.changed_at(entry) > self.snapshot.version:
                return str(entry.name)
        return ""

    def commit(self) -> None:
        """Ends the transaction: offsets of the streams it read move, its changes get the next version."""
        if self.transaction is None:
            return
        transaction, self.transaction = self.transaction, None
        try:
            self._commit(transaction)
        except BaseException:
            self.transaction = transaction
            self.rollback()  # not even in part: the transaction is over
            raise
        self.explicit = False
        self.shared.wrote({*self.shared.changed.get(transaction, ()), *self._consumed})
        self.shared.ended(transaction)
        self.shared.moves += bool(self._ordinal or self._consumed)
        self.engine.unmark()

    def _commit(self, transaction: int) -> None:
        moment = self.shared.clock.now()
        self._move_offsets(moment)
        if self._ordinal:  # no stream watches what else it did
            self.engine.run(
                "INSERT INTO _account.commits VALUES (?, nextval('_account.versions'), ?)", [transaction, moment]
            )
        self.engine.commit()

    def _move_offsets(self, moment: datetime) -> None:
        """To the newest version this transaction can see: later commits appear in the next read (reference B.4)."""
        if not self._consumed:
            return
        seen = self.engine.all("SELECT coalesce(max(version), 0) FROM _account.commits")[0][0]
        for stream in self._consumed:
            self.engine.run(
                "UPDATE _account.offsets SET version = ?, moment = ? WHERE stream = ?", [seen, moment, stream]
            )
            self.shared.fresh_until.pop(stream, None)

    def rollback(self) -> None:
        if self.transaction is None:
            return
        self.shared.ended(self.transaction)
        self.transaction, self.explicit, self.lost = None, False, ""
        self.engine.rollback()
        self.engine.unmark()

    @contextmanager
    def changes(self, *, single: bool = False) -> Iterator[None]:
        """One changing statement: its own transaction, or a part of the open one that fails alone.

        A `single` one needs one call of the engine, and no stream sees it: the engine's own transaction is enough.
        DuckDB aborts a whole transaction at a run-time error and has no savepoints; Snowflake rolls back only the
        statement. So after an error the transaction is started again and what it had done is done once more.
        """
        if self.transaction is None and self.parameters.get("AUTOCOMMIT") == "FALSE":
            self.begin(explicit=True)
        if self.transaction is not None:
            done, changed = len(self._replay.steps), set(self.shared.changed.get(self.transaction, ()))
            try:
                yield
            except Exception:
                del self._replay.steps[done:]  # what the failed statement itself had written
                self.shared.changed[self.transaction] = changed
                self._restart()
                raise
            return
        if single:
            yield
            self._replay = Replay()
            return
        self.begin(explicit=False)
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        self.commit()

    def recover(self) -> None:
        """After a query that failed: the open transaction goes on as if it had not been there."""
        if self.transaction is not None and self.engine.is_aborted:
            self._restart()

    def _restart(self) -> None:
        others = self._stale(self._read)
        self.engine.run("ROLLBACK")
        self._open()
        if not self._replay.is_certain:
            self.lost = "it has written random values or called functions in Python"
        elif self._replay.steps and others:
            self.lost = f"another session has changed {others}, which it has read"
        if self.lost:
            return
        try:
            for step in self._replay.steps:
                if step.now is not None:
                    self.engine.now(step.now)
                if step.ordinal:
                    self.engine.mark(self.transaction or 0, step.ordinal)
                self.engine.run(step.sql, step.values)
        except SqlError as error:
            # a table that it has written has other columns now: not a part of it must be committed
            self.lost = f"what it has done cannot be done again ({error.text})"
            self.engine.run("ROLLBACK")
            self._open()
        self.engine.now(self.now())

    def require_transaction(self) -> None:
        """Refuses to go on with a transaction that has written what cannot be written again."""
        if self.lost:
            raise unsupported(f"going on after a failed statement with this transaction: {self.lost}. ROLLBACK")

    @contextmanager
    def definition(self) -> Iterator[None]:
        """One DDL statement: commits what is open, then is a transaction of its own (reference E.9)."""
        self.commit()
        self._consumed = set()
        self.engine.run("BEGIN")
        try:
            yield
            self._move_offsets(self.now())
            self.engine.commit()
            self.shared.wrote(self._consumed)
            self.shared.moves += bool(self._consumed)
        except BaseException:
            self.engine.rollback()
            self._unused = []
            self.catalog.load(self.engine)
            self.shared.grants.load(self.engine)
            self.shared.graphs.clear()
            raise
        unused, self._unused = self._unused, []
        for path in unused:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def discard(self, path: Path) -> None:
        """A file or folder that nothing names any more once the definition is committed: it goes then, and not before."""
        self._unused.append(path)

    def write(self, sql: str, values: Any = None, table: Entry | None = None) -> int:
        """Runs engine DML inside `changes`; if it changes the rows of a table, the triggers see this statement's ordinal."""
        if table is not None and not sql.startswith("INSERT"):
            self.lock(table)
        ordinal = self._next_ordinal(table)
        if ordinal:
            self.engine.mark(self.transaction or 0, ordinal)
        if self.explicit and table is not None and sql.startswith("INSERT") and is_new_each_time(sql):
            count = self._write_once(sql, values, ordinal, table)
        else:
            count = self.engine.run(sql, values)
            self._note(sql, values, ordinal)
        if table is not None and self.transaction is not None:
            self.shared.changed.setdefault(self.transaction, set()).add(table.id)
        elif table is not None:
            self.shared.wrote([table.id])
        return count

    def lock(self, table: Entry) -> None:
        """UPDATE, DELETE and MERGE wait in Snowflake for a transaction that has changed rows of the table (reference E.9); here nobody waits."""
        number = self.transaction or 0
        if any(table.id in held for other, held in self.shared.locked.items() if other != number):
            raise sql_error("conflict")
        if number:
            self.shared.locked.setdefault(number, set()).add(table.id)

    def _write_once(self, sql: str, values: Any, ordinal: int, table: Entry) -> int:
        """An INSERT whose rows would be others if it ran again: what is kept of it are those rows."""
        names = ", ".join(["__row", *(quoted(column.name) for column in table.columns)])
        rows = self.engine.all(f"{sql} RETURNING {names}", values)
        for again, held in inserts(f"{table.base} ({names})", rows):
            self._note(again, held, ordinal)
        return len(rows)

    def _note(self, sql: str, values: Any, ordinal: int = 0) -> None:
        self._replay.steps.append(Step(sql, values, ordinal, self.engine.moment))
        self._read |= self.reading

    def pass_over(self, sql: str, values: Any = None, table: Entry | None = None) -> None:
        """Notes engine DML of which nothing would come now. Where the transaction has to start again, streams may have more by then,
        and their offsets move behind that: so there it is run."""
        if self.explicit:
            self._note(sql, values, self._next_ordinal(table))

    def hold(self, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> str:
        """Rows in a temporary table with columns of these engine names and types, until the statement or the transaction ends; its name.

        Where the transaction has to start again, they are there again.
        """
        self.shared.held += 1
        name = f"held_{self.shared.held}"
        self._held.append(name)
        self._prepare(f"CREATE TEMP TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns)})")
        self._fill(f"temp.{name}", rows)
        return f"temp.{name}"

    def hold_also(self, held: str, query: str) -> None:
        """Adds to rows that are held those that an engine query has now, by the order of its columns."""
        if self.explicit:  # what the query reads may be gone when the transaction has to start again
            self._fill(held, self.engine.all(query))
        else:
            self.engine.run(f"INSERT INTO {held} {query}")

    def _fill(self, held: str, rows: Sequence[Sequence[object]]) -> None:
        for sql, values in inserts(held, rows):
            self._prepare(sql, values)

    def _prepare(self, sql: str, values: Any = None) -> None:
        self.engine.run(sql, values)
        if self.explicit:
            self._note(sql, values)

    def let_go(self) -> None:
        """After a statement: what rows were held for it are not needed any more, unless it belongs to a block or an open transaction."""
        if self._held and not self.depth and self.transaction is None:
            for name in self._held:
                self.engine.run(f"DROP TABLE IF EXISTS temp.{name}")
            self._held = []

    def _next_ordinal(self, table: Entry | None) -> int:
        """The number of a statement that changes a table with streams; 0 of others."""
        if table is None or not table.properties.get("tracked"):
            return 0
        self._ordinal += 1
        return self._ordinal

    def expression(self, sql: str, values: dict[str, object]) -> Rows:
        """The row of an expression, from the engine or as it was kept."""
        now = self.now()

        def ask() -> Rows:
            self.engine.now(now)
            return self.engine.query(sql, values or None)

        return self.shared.values.of(sql, values, now, ask)

    def consume(self, streams: frozenset[int]) -> None:
        """DML read these streams: their offsets move when its transaction commits. Snowflake lets a second reader wait until then."""
        for number, read in self.shared.consumed.items():
            if number != self.transaction and (both := read & streams):
                stream = self.catalog.by_id(min(both))
                name = stream.name if stream is not None else ""
                raise unsupported(f"waiting for the open transaction that has read stream {name}")
        if streams and self.transaction is not None:
            self.shared.consumed.setdefault(self.transaction, set()).update(streams)
        self._consumed |= streams

    # -- objects -------------------------------------------------------------------------------------------------

    def new_id(self) -> int:
        return next(self.shared.ids)

    def now(self) -> datetime:
        return self.shared.clock.now()

    def new_query_id(self) -> str:
        self.query_id, self.coming_id = self.coming_id or str(uuid.uuid4()), ""
        return self.query_id

    def stop_with(self, error: SqlError) -> None:
        """Ends what the session does, also from another thread; the first reason counts."""
        if self.stop is None:
            self.stop = error
            self.cancel()

    def check_stop(self) -> None:
        """Raises what the session was stopped with: a time-out or a cancellation."""
        if self.stop is not None:
            raise self.stop

    def execute(self, sql: str, tag: str = "") -> Result:
        """One statement of any sort, for a client."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Interrupts the statement that runs; may be called from another thread."""
        raise NotImplementedError

    def close(self) -> None:
        """Rolls back what is open and gives the engine's cursor back."""
        raise NotImplementedError

    def run_text(self, text: str, binds: Mapping[str, Any]) -> "Answer":
        """One statement of any sort, for a scripting block; `binds` are the variables it may name as `:x`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler gives back; `rowcount` is set by DML alone, `assigned` (variables of the block) by the OUT arguments of CALL."""

    rows: Rows
    rowcount: int | None = None
    assigned: Mapping[str, object] = field(default_factory=dict)


def status(text: str) -> Answer:
    """The one-row answer of a statement that changed something."""
    return Answer(Rows(("status",), (_TEXT,), ((text,),)))


_TEXT = DataType("VARCHAR", (16777216,))
_BY_VALUE: dict[type, DataType] = {
    bool: DataType("BOOLEAN"), int: DataType("NUMBER", (38, 0)), float: DataType("FLOAT"),
    datetime: DataType("TIMESTAMP_LTZ", (9,)),
}  # fmt: skip


def listing(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Answer:
    """Rows made by a handler; types follow the first value of each column that is not NULL."""
    kept = tuple(tuple(row) for row in rows)
    firsts = (next((row[i] for row in kept if row[i] is not None), "") for i in range(len(columns)))
    return Answer(Rows(tuple(columns), tuple(_BY_VALUE.get(type(first), _TEXT) for first in firsts), kept))
