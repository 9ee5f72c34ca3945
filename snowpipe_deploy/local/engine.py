"""DuckDB, and nothing else knows it: opening the file, running engine SQL, types there and back."""

import contextlib
import inspect
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from snowpipe_deploy.errors import DeployError, LockedError
from snowpipe_deploy.local.errors import marked, sql_error, translated, unsupported
from snowpipe_deploy.local.seal import Seal
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.types import DataType

_TYPES = {
    "VARCHAR": "VARCHAR", "FLOAT": "DOUBLE", "BOOLEAN": "BOOLEAN", "DATE": "DATE", "TIME": "TIME",
    "TIMESTAMP_NTZ": "TIMESTAMP", "TIMESTAMP_LTZ": "TIMESTAMPTZ", "VARIANT": "JSON", "OBJECT": "JSON", "ARRAY": "JSON",
    "BINARY": "BLOB", "TIMESTAMP_TZ": "STRUCT(i TIMESTAMP, o SMALLINT)",
}  # fmt: skip
_BACK = {
    "VARCHAR": "VARCHAR", "DOUBLE": "FLOAT", "FLOAT": "FLOAT", "BOOLEAN": "BOOLEAN", "DATE": "DATE", "TIME": "TIME",
    "TIMESTAMP": "TIMESTAMP_NTZ", "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_LTZ", "JSON": "VARIANT", "BLOB": "BINARY",
    "TINYINT": "NUMBER", "SMALLINT": "NUMBER", "INTEGER": "NUMBER", "BIGINT": "NUMBER", "HUGEINT": "NUMBER",
    "UBIGINT": "NUMBER", "UINTEGER": "NUMBER", "UHUGEINT": "NUMBER", '"NULL"': "VARCHAR", "NULL": "VARCHAR",
}  # fmt: skip
_MOMENTS = frozenset(
    {"DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"}
)  # what Python cannot hold of them arrives as text
_ZONED = _TYPES["TIMESTAMP_TZ"]  # DuckDB's own type with a zone keeps the instant but not the offset
_DEFAULT_SIZES = {"TIMESTAMP_TZ": (9,), "VARCHAR": (16777216,), "NUMBER": (38, 0), "BINARY": (8388608,), "TIME": (9,),
                  "TIMESTAMP_NTZ": (9,), "TIMESTAMP_LTZ": (9,)}  # fmt: skip


def engine_type(kind: DataType) -> str:
    """The DuckDB type that holds this Snowflake type without loss; refuses those that have none."""
    if kind.base == "NUMBER":
        return f"DECIMAL({kind.sizes[0]},{kind.sizes[1]})"
    if kind.base not in _TYPES:
        raise unsupported(f"data type {kind.base}")
    return _TYPES[kind.base]


def snowflake_type(engine: str) -> DataType:
    """The Snowflake type of a DuckDB result column."""
    if match := re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", engine):
        return DataType("NUMBER", (int(match[1]), int(match[2])))
    base = "TIMESTAMP_TZ" if engine == _ZONED else _BACK.get(engine)
    if base is None:
        if engine.endswith("]") or engine.startswith(("STRUCT", "MAP")):
            raise unsupported(f"a result of engine type {engine}")
        return DataType("VARCHAR", (16777216,))
    return DataType(base, _DEFAULT_SIZES.get(base, ()))


_CATALOG = "account"
_KEPT_TEXTS = 1_000_000  # characters in all; a text that was read takes twenty times its length
Values = Sequence[object] | dict[str, object] | None
_LEAST, _GREATEST = -(2**63), 2**63 - 1
# A load of more rows than a row group goes to its place in the file at once. With DuckDB's 122880 most loads of a pipeline
# would go through the WAL, and be written twice: a drop of 100,000 rows took a quarter longer (benchmarks/pipeline.py).
_ROW_GROUP = 16384
# With DuckDB's 16 MB a load of a million rows in ten drops writes its file anew so often that it takes a tenth longer.
# A failed binding must not abort the transaction, 1/0 is an error, text of timestamps is UTC
_SETTINGS = (
    "default_transaction_invalidation_policy='SYNTACTIC_ERRORS_DO_NOT_INVALIDATE'", "ieee_floating_point_ops=false",
    "TimeZone='UTC'", "preserve_insertion_order=true", "checkpoint_threshold='64MB'",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """What the engine answered: names, Snowflake types, values as the connector would give them."""

    columns: tuple[str, ...]
    types: tuple[DataType, ...]
    rows: tuple[tuple[object, ...], ...]


def _pretty(value: object) -> object:
    """VARIANT values arrive at a client as indented JSON text."""
    try:
        text = json.dumps(json.loads(str(value), parse_float=_digits), indent=2, ensure_ascii=False)
    except ValueError:
        return value
    return _KEPT_DIGITS.sub(r"\1", text)


_KEPT_DIGITS = re.compile(r'"\\u0000([^"]*)"')


def _digits(number: str) -> object:
    """A number that is no float exactly, marked so that it keeps its digits."""
    value, shown = float(number), number.rstrip("0")
    shown += "0" if shown.endswith(".") else ""
    return value if "e" in number.lower() or repr(value) == shown else f"\0{shown}"


def _zoned(value: object) -> object:
    """A TIMESTAMP_TZ with its own offset."""
    if not isinstance(value, dict):
        return value
    offset = timedelta(minutes=value["o"])
    return (value["i"] + offset).replace(tzinfo=timezone(offset))


class _Texts:
    """Statements as DuckDB has read them; those used last stay. To read is a fifth of what a small statement takes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection.cursor()  # of its own: nothing runs on it that reading would have to wait for
        self._kept: OrderedDict[str, duckdb.Statement] = OrderedDict()
        self._length = 0
        self._lock = Lock()  # expressions of a script are computed without the account's

    def read(self, sql: str) -> duckdb.Statement:
        with self._lock:
            found = self._kept.pop(sql, None)
            if found is None:
                (found,) = self._connection.extract_statements(sql)
                self._length += len(sql)
            self._kept[sql] = found
            while self._length > _KEPT_TEXTS:
                self._length -= len(self._kept.popitem(last=False)[0])
            return found

    def close(self) -> None:
        self._kept.clear()
        self._connection.close()


class Engine:
    """One DuckDB connection; a cursor of it is a second one with its own transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seal: Seal, texts: _Texts | None = None) -> None:
        self._connection = connection
        self._texts = texts or _Texts(connection)
        self._is_first = texts is None  # whose end is the end of all cursors
        self.seal = seal
        self.was_killed = seal.exists  # the process that had it open before did not close it
        self._now: datetime | None = None
        self._marked: int | None = None
        self._execute(f"USE {_CATALOG}")

    def cursor(self) -> "Engine":
        return Engine(self._connection.cursor(), self.seal, self._texts)

    def _execute(self, sql: str, values: Values = None) -> duckdb.DuckDBPyConnection:
        """All calls of the engine."""
        return self._connection.execute(self._texts.read(sql), values)

    def run(self, sql: str, values: Values = None) -> int:
        """Runs a statement for its effect; returns the number of rows it changed, if it says one."""
        try:
            found = self._execute(sql, values).fetchall()
        except (duckdb.Error, RuntimeError) as error:
            raise _failure(error) from error
        return int(found[0][0]) if found and found[0] and isinstance(found[0][0], int) else 0

    def all(self, sql: str, values: Values = None) -> list[tuple[object, ...]]:
        """Raw rows, for our own tables."""
        try:
            found: list[tuple[object, ...]] = self._execute(sql, values).fetchall()
        except (duckdb.Error, RuntimeError) as error:
            raise _failure(error) from error
        return found

    def query(self, sql: str, values: dict[str, object] | None = None) -> Rows:
        """Rows for a client: fixed-point numbers of scale 0 are ints, VARIANT is indented text."""
        try:
            done = self._execute(sql, values)
            raw = done.fetchall()
        except (duckdb.Error, RuntimeError) as error:
            raise _failure(error) from error
        names = tuple(column[0] for column in done.description or ())
        types = tuple(snowflake_type(str(column[1])) for column in done.description or ())
        convert: list[tuple[int, Callable[[Any], object]]] = [
            (i, int if kind.base == "NUMBER" else _zoned if kind.base == "TIMESTAMP_TZ" else _pretty)
            for i, kind in enumerate(types)
            if kind.base in {"VARIANT", "TIMESTAMP_TZ"} or (kind.base == "NUMBER" and kind.sizes[1] == 0)
        ]
        if convert:
            lists = [list(row) for row in raw]
            for row in lists:
                for i, function in convert:
                    if row[i] is not None and not (function is int and not isinstance(row[i], Decimal)):
                        row[i] = function(row[i])
            raw = [tuple(row) for row in lists]
        for i, kind in enumerate(types):
            if kind.base in _MOMENTS and (far := next((row[i] for row in raw if isinstance(row[i], str)), None)):
                raise unsupported(f"the {kind.base} {far}: years are 1 to 9999 here, hours 0 to 23")
        for i, column in enumerate(done.description or ()):
            if str(column[1]) == "HUGEINT" and any(abs(row[i] or 0) >= 10**38 for row in raw):
                raise sql_error("out_of_range", next(row[i] for row in raw if abs(row[i] or 0) >= 10**38))
        return Rows(names, types, tuple(raw))

    def describe(self, sql: str, values: dict[str, object] | None = None) -> list[tuple[str, DataType]]:
        """Column names and types of a query, without running it."""
        return [(str(row[0]), snowflake_type(str(row[1]))) for row in self.all(f"DESCRIBE {sql}", values)]

    def make_function(
        self, name: str, call: Callable[..., object], takes: Sequence[DataType], gives: DataType, *, anew: bool
    ) -> None:
        """Lets engine SQL call a Python function, in all sessions; it gets None for NULL, and what it raises is the statement's error.

        With `anew` it is called for each row, also with the same arguments.
        """

        def called(*values: object) -> object:
            try:
                return call(*values)
            except SqlError as error:
                raise RuntimeError(marked(error)) from error

        places = [inspect.Parameter(f"a{i}", inspect.Parameter.POSITIONAL_ONLY) for i in range(len(takes))]
        called.__signature__ = inspect.Signature(places)  # type: ignore[attr-defined]  # the engine counts them
        try:
            self._connection.create_function(
                name, called, [engine_type(kind) for kind in takes], engine_type(gives), type="native",
                null_handling="special", side_effects=anew,
            )  # fmt: skip
        except duckdb.Error as error:
            raise _failure(error) from error

    def make_sequence(self, name: str, start: int | str, step: int | str) -> None:
        """Makes a sequence that may count down, and below zero."""
        self.run(f"CREATE SEQUENCE {name} INCREMENT {step} MINVALUE {_LEAST} MAXVALUE {_GREATEST} START {start}")

    def next_of_sequence(self, name: str) -> tuple[int, int]:
        """What a sequence gives next, and its step; its name as SQL spells it, `_data.s1` or `_data."i2_A"`."""
        bare = name.removeprefix("_data.").strip('"').replace('""', '"')
        found = self.all(
            "SELECT coalesce(last_value + increment_by, start_value), increment_by FROM duckdb_sequences() "
            "WHERE schema_name = '_data' AND sequence_name = ?", [bare],
        )  # fmt: skip
        if not found:  # made by another session since the transaction's moment
            raise unsupported("a sequence that is newer than this transaction: COMMIT or ROLLBACK first")
        return int(str(found[0][0])), int(str(found[0][1]))

    def continue_sequence(self, old: str, new: str) -> None:
        """Makes (again) a sequence that goes on where another one stands."""
        begin, step = self.next_of_sequence(old)
        self.run(f"DROP SEQUENCE IF EXISTS {new}")
        self.make_sequence(new, begin, step)

    def commit(self) -> None:
        self.run("COMMIT")
        self.seal.mark()

    def rollback(self) -> None:
        """Ends the transaction; a COMMIT that failed (the disk is full) has already done so."""
        with contextlib.suppress(duckdb.TransactionException):
            self._execute("ROLLBACK")

    def now(self, moment: datetime) -> None:
        """What CURRENT_TIMESTAMP is until the next call."""
        if moment != self._now:  # while the clock stands, every statement has the same
            self.run("SET VARIABLE now = ?::TIMESTAMPTZ", [moment])
            self._now = moment

    @property
    def moment(self) -> datetime | None:
        """What CURRENT_TIMESTAMP is, if it was told."""
        return self._now

    @property
    def is_aborted(self) -> bool:
        """Did an error abort the open transaction?"""
        try:
            self._execute("SELECT 1")
        except duckdb.TransactionException:
            return True
        return False

    def mark(self, transaction: int, ordinal: int) -> None:
        """What the change triggers write beside each row, and by which streams know what the open transaction did."""
        if transaction != self._marked:
            self.run(f"SET VARIABLE txn = {transaction}::BIGINT")
            self._marked = transaction
        self.run(f"SET VARIABLE ord = {ordinal}")

    def unmark(self) -> None:
        """No transaction is open: DuckDB leaves out of its plans what streams do for the sake of one."""
        if self._marked is not None:
            self.run("SET VARIABLE txn = NULL::BIGINT")
            self._marked = None

    def interrupt(self) -> None:
        self._connection.interrupt()

    def close(self) -> None:
        if self._is_first:
            self._texts.close()
        with contextlib.suppress(duckdb.Error):
            self._connection.close()

    def abandon(self) -> None:
        """Closes and leaves the file as it is."""
        with contextlib.suppress(duckdb.Error):
            self._connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        self.close()
        self.seal.close()


def _failure(error: Exception) -> BaseException:
    """What a failed call means: an error of the statement, or that somebody pressed Ctrl-C while it ran."""
    if isinstance(error, duckdb.Error):
        return translated(error)
    return KeyboardInterrupt() if str(error) == "Query interrupted" else error


def open_file(path: Path) -> Engine:
    """Opens (or makes) the account's file; one process owns it at a time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        seal = Seal(path)
        problem = seal.problem()
    except OSError as error:
        raise unopened(path, error.strerror or str(error)) from error
    if problem:
        raise unopened(path, problem)
    connection = duckdb.connect()
    quoted = str(path).replace("'", "''")
    try:
        for setting in _SETTINGS:
            connection.execute(f"SET GLOBAL {setting}")
        connection.execute(f"ATTACH '{quoted}' AS {_CATALOG} (ROW_GROUP_SIZE {_ROW_GROUP})")
        seal.opened()
        return Engine(connection, seal)
    except duckdb.Error as error:
        connection.close()
        text = str(error)
        if match := re.search(r"PID (\d+)", text):
            raise LockedError(
                f"the local account {path.parent} is in use by pid {match[1]}",
                hint="wait for that command to end, or give this one another --env",
            ) from error
        if "already attached" in text:
            raise LockedError(f"the local account {path.parent} is open in this process already") from error
        raise unopened(path, text.splitlines()[0]) from error


def unopened(path: Path, reason: str) -> DeployError:
    """What is wrong with an account's file, and what to do."""
    hints = (
        ("newer version|read only version|can only read", "a newer snowdeploy wrote it: upgrade this one"),
        ("disk is full|No space", "make room and run it again: what was committed is there"),
        ("[Pp]ermission denied", f"give yourself the right to read and write what is in {path.parent}"),
        ("irectory|File exists", "something else has that name: move it away"),
        ("newest changes", f"put the log back, or go on with what is left: remove {path}.seal"),
    )
    kept = "put a copy of its folder back, or make an empty account: `snowdeploy account reset` (what is in it is lost)"
    hint = next((hint for pattern, hint in hints if re.search(pattern, reason)), kept)
    return DeployError(f"the local account {path} cannot be opened: {reason}", hint=hint)
