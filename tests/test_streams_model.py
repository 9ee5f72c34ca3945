"""Streams against the brute-force model: random changes by several sessions, transactions, failures, and crashes in between."""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.account import FILE, LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError
from tests.streams_model import FAILED, INITIAL, LOCKED, LOST, OF_T, SESSIONS, SETUP, STALE, WAITS, Model, Operation

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = {"of_joined": "k, v, w"}
TABLES = {"t": "k, v", "u": "k, w", "d": "k, v", "sink": "n, s, r, k, v, a, u"}


def choose(random: Random, model: Model, only: int | None = None) -> Operation:
    """The next operation, which depends on the random source and the model alone. A session changes keys of its own only."""
    busy = [i for i, session in enumerate(model.sessions) if session.explicit]
    emptied = [i for i in busy if model.sessions[i].emptied]
    number = emptied[0] if emptied else random.randrange(SESSIONS) if only is None else only
    explicit, alone = number in busy, not set(busy) - {number}
    all_of_t = alone and (not explicit or model.sessions[number].start == model.newest)
    verbs = {
        "insert": 6, "merge": 3, "update": 6, "update x": 2 * model.has_x, "delete": 4, "insert u": 3, "update u": 2,
        "delete u": 1, "consume": 6, "discard": 1, "fail": 2, "fail to consume": 1, "begin": 1 if explicit else 4,
        "commit": 5 * explicit, "rollback": 2 * explicit, "truncate": all_of_t, "overwrite": all_of_t, "refresh": 2 * (not explicit),
        "purge": 1, "reopen": 0.5, "crash": 0.5,
        "add column": alone and not explicit and not model.has_x, "drop column": alone and not explicit and model.has_x,
        "recreate": alone and not explicit,
    }  # fmt: skip
    [verb] = random.choices(list(verbs), list(verbs.values()))
    key = number + SESSIONS * random.randrange(3)
    streams = [random.randrange(10**9), *random.sample(sorted(model.streams), random.choice([1, 1, 1, 2]))]
    keys = random.sample(range(number, 3 * SESSIONS, SESSIONS), random.randrange(1, 3))
    return number, verb, {
        "insert": [(k, random.randrange(20)) for k in keys * random.randrange(1, 3)],
        "overwrite": [(k, random.randrange(20)) for k in keys],
        "merge": [(k, random.randrange(20)) for k in keys],
        "insert u": [(k, random.randrange(20)) for k in keys],
        "update": (key, random.randrange(6)), "update x": (key, random.randrange(6)), "update u": (key, random.randrange(6)),
        "delete": key, "delete u": key, "consume": streams, "discard": streams, "fail to consume": streams,
        "recreate": random.choice(sorted(INITIAL)),
    }.get(verb)  # fmt: skip


def sql_of(operation: Operation) -> str:
    _, verb, argument = operation
    values = ", ".join(map(str, argument)) if isinstance(argument, list) else ""
    key, by = argument if isinstance(argument, tuple) else (argument, None)
    serial, *names = argument if isinstance(argument, list) and "s" in verb else [0]
    read = " UNION ALL ".join(
        f"SELECT {serial}, '{n}', METADATA$ROW_ID, k, v, METADATA$ACTION, METADATA$ISUPDATE FROM {n}" for n in names
    )
    return {
        "insert": f"INSERT INTO t (k, v) VALUES {values}",
        "overwrite": f"INSERT OVERWRITE INTO t (k, v) VALUES {values}",
        "merge": f"MERGE INTO t USING (SELECT column1 AS k, column2 AS v FROM VALUES {values}) s ON t.k = s.k "
        "WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (k, v) VALUES (s.k, s.v)",
        "update": f"UPDATE t SET v = v + {by} WHERE k = {key}",
        "update x": f"UPDATE t SET x = {by} WHERE k = {key}",
        "delete": f"DELETE FROM t WHERE k = {key}",
        "truncate": "TRUNCATE TABLE t",
        "insert u": f"INSERT INTO u VALUES {values}",
        "update u": f"UPDATE u SET w = w + {by} WHERE k = {key}",
        "delete u": f"DELETE FROM u WHERE k = {key}",
        "consume": f"INSERT INTO sink {read}",
        "discard": f"INSERT INTO sink SELECT * FROM ({read}) WHERE FALSE",
        "fail": "INSERT INTO t (k, v) SELECT 1, 1 / 0",
        "fail to consume": f"INSERT INTO sink {read} UNION ALL SELECT 1, '', '', 1, 1 / 0, '', FALSE",
        "add column": "ALTER TABLE t ADD COLUMN x INT",
        "drop column": "ALTER TABLE t DROP COLUMN x",
        "refresh": "ALTER DYNAMIC TABLE d REFRESH",
        "recreate": f"CREATE OR REPLACE STREAM {argument} ON {INITIAL.get(str(argument))} SHOW_INITIAL_ROWS = TRUE",
    }.get(verb, verb.upper())


# what the account says of a statement that did nothing
ENDS = {
    "which another session has changed since this transaction began": STALE, "as it was when the transaction began": STALE,
    "another transaction has changed": LOCKED, "waiting for the open transaction that has read stream": WAITS,
    "which it has read. ROLLBACK": LOST, "Division by zero": FAILED,
}  # fmt: skip


def ended(error: SqlError) -> str:
    found = next((end for words, end in ENDS.items() if words in str(error)), "")
    if not found:
        raise error
    return found


Outcome = tuple[str, int | None]  # how a statement ended, and which version its transaction sees


class Twin:
    """The account beside the model: both do each operation."""

    def __init__(self, folder: Path, model: Model) -> None:
        self.folder, self.model, self.lives = folder, model, 0
        self.outcome: Outcome = ("", None)
        self.commits: list[int] = []  # what the account had counted, by version of the model
        self.open()

    def open(self) -> None:
        new = not (self.place / FILE).exists()
        self.account = LocalAccount(self.place)
        self.sessions = [self.account.session() for _ in range(SESSIONS)]
        self.commits = [-1] * (self.model.newest + 1)
        if new:
            for sql in (*SETUP, *(sql_of((0, "recreate", name)) for name in INITIAL)):
                self.sessions[0].execute(sql)
        for session in self.sessions:
            session.execute("USE SCHEMA db.public")

    @property
    def place(self) -> Path:
        return self.folder / f"life{self.lives}"

    def end(self) -> None:
        for session in self.sessions:
            session.close()
        self.model.crash()

    def do(self, operation: Operation) -> None:
        number, verb, _ = operation
        self.outcome = "", None
        if verb == "purge":
            changes.purge(self.account.shared.engine, self.account.shared.catalog)
        elif verb == "reopen":
            self.end()
            self.account.close()
            self.open()
        elif verb == "crash":  # the files as they are at this moment, which is what kill -9 leaves
            before = self.place
            self.lives += 1
            shutil.copytree(before, self.place)
            self.end()
            self.account.discard()
            shutil.rmtree(before)
            self.open()
        else:
            how = ""
            try:
                self.sessions[number].execute(sql_of(operation))
            except SqlError as error:
                how = ended(error)
            self.outcome = how, self.sees(number)
            if how == LOST:
                self.sessions[number].execute("ROLLBACK")
            self.model.apply(operation, *self.outcome)
            self.note()

    def note(self) -> None:
        """Which version of the model is which commit of the account; a statement makes two at most, of which nobody sees the first."""
        new = self.model.newest + 1 - len(self.commits)
        self.commits += [self.account.shared.commits] * new

    def sees(self, number: int) -> int | None:
        """The version that a session's transaction sees; None where none is open."""
        session = self.sessions[number]
        if not session.explicit:
            return None
        return max(version for version, commits in enumerate(self.commits) if commits <= session.snapshot.commits)

    def check(self, number: int, name: str) -> None:
        """A table or a stream, as a session sees it, if it may."""
        held = self.model.sessions[number]
        if not held.explicit:
            self.model.see(held)
        x = ", x" if self.model.has_x else ""
        columns = TABLES.get(name) or COLUMNS.get(name, "k, v")
        if name in {"t", *OF_T}:
            columns += x
        if name == "sink":
            columns = "n || s || r, n, s, k, v, a, u"
        if name not in TABLES:
            columns = f"METADATA$ROW_ID, {columns}, METADATA$ACTION, METADATA$ISUPDATE"
        found = self.read(number, name, f"SELECT {columns} FROM {name}")
        if found is None:
            return
        width = 3 if x else 2
        if name in TABLES:
            assert not self.model.is_stale(held, name), name
            rows = [row for group in without_no_changes(found) for row in group] if name == "sink" else found
            assert Counter(rows) == Counter(r if name != "t" else r[:width] for r in held.state[name].values()), name
            return
        assert not self.model.sees_too_much(held, name), name
        wanted = [tuple(group) for group in self.model.delta(name, held.start).values()]
        if name in OF_T:
            wanted = [tuple((*row[:width], *row[3:]) for row in group) for group in wanted]
        assert Counter(without_no_changes(found)) == Counter(wanted), name
        if wanted:
            asked = f"SELECT SYSTEM$STREAM_HAS_DATA('{name}')"
            assert self.sessions[number].execute(asked).rows[0][0] is True, name

    def read(self, number: int, name: str, sql: str) -> tuple[tuple[object, ...], ...] | None:
        """The rows, or None where the account rightly refuses to show them."""
        held, rows, how = self.model.sessions[number], None, ""
        try:
            rows = self.sessions[number].execute(sql).rows
        except SqlError as error:
            how = ended(error)
        sees = self.sees(number)
        if how == LOST:
            self.sessions[number].execute("ROLLBACK")
        elif held.explicit and sees is not None and sees != held.sees:
            self.model.renew(held, sees)
        if how:
            verb, argument = (
                ("update", None) if name == "t" else ("update u", None) if name == "u" else ("consume", [0, name])
            )
            if how != STALE or name not in {"d", "sink"}:
                self.model.refuse(held, (number, verb, argument), how)
            else:
                assert self.model.may_be_stale(held, name)
        return rows

    def check_all(self, number: int = 0) -> None:
        for name in (*TABLES, *self.model.streams):
            self.check(number, name)

    def close(self) -> None:
        for session in self.sessions:
            session.close()
        self.account.discard()


def without_no_changes(rows: Iterable[Sequence[object]]) -> list[tuple[Sequence[object], ...]]:
    """The rows of each id (in the first column), DELETE before INSERT.

    What an update that changes nothing delivers is unconfirmed: a pair of equal values, or nothing.
    """
    by_id: dict[object, list[Sequence[object]]] = {}
    for row in sorted(rows, key=lambda row: str(row[-2])):
        by_id.setdefault(row[0], []).append(row[1:])
    return [tuple(group) for group in by_id.values() if not (len(group) == 2 and group[0][:-2] == group[1][:-2])]


@contextmanager
def told(seed: int, steps: list[Operation]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        print(f"seed {seed}, step {len(steps)}:")  # noqa: T201 - shown when the test fails
        for number, verb, argument in steps:
            print(f"{number}: {sql_of((number, verb, argument))}")  # noqa: T201
        raise


def run(folder: Path, seed: int, operations: int) -> None:
    random, watch, steps = Random(seed), Random(f"watch {seed}"), list[Operation]()
    twin = Twin(folder, Model())
    names = (*TABLES, *twin.model.streams)
    with told(seed, steps):
        for _ in range(operations):
            steps.append(choose(random, twin.model))
            twin.do(steps[-1])
            if watch.random() < 0.8:  # not always: a read fixes what a transaction sees
                twin.check(watch.randrange(SESSIONS), watch.choice(names))
            if len(steps) % 50 == 0:
                twin.check_all(watch.randrange(SESSIONS))
        twin.do((0, "crash", None))
        twin.check_all()
    twin.close()


def test_streams_equal_the_model(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    runs, operations = (500, 200) if request.config.getoption("--long") else (20, 20)
    for seed in range(runs):
        run(tmp_path / str(seed), seed, operations)
        shutil.rmtree(tmp_path / str(seed))


# -- kill -9 ---------------------------------------------------------------------------------------------------------


def child(folder: Path, seed: int, operations: int) -> None:
    """Says the number of each operation before it does it."""
    random, twin = Random(seed), Twin(folder, Model())
    for step in range(operations):
        print(json.dumps([step, *twin.outcome]), flush=True)  # noqa: T201 - to the parent, with how the one before it ended
        number, verb, argument = choose(random, twin.model)
        twin.do((number, "reopen" if verb == "crash" else verb, argument))


def lived(seed: int, operations: int, outcomes: list[Outcome]) -> Model:
    """The model of an account that came so far and was killed; how the last operation ended is not known."""
    random, model = Random(seed), Model()
    for step in range(operations):
        operation = choose(random, model)
        if operation[1] in {"reopen", "crash"}:
            model.crash()
        elif operation[1] != "purge":
            how, sees = (
                outcomes[step] if step < len(outcomes) else (FAILED if operation[1].startswith("fail") else "", None)
            )
            model.apply(operation, how, sees)
    model.crash()
    return model


def killed(folder: Path, seed: int, operations: int) -> tuple[int, list[Outcome]]:
    """Runs a child, kills it in the middle, and says which operation it had begun last, and how those before it ended."""
    random = Random(f"kill {seed}")
    process = subprocess.Popen(
        [sys.executable, "-c", f"import tests.test_streams_model as t; t.child(t.Path({str(folder)!r}), {seed}, {operations})"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert process.stdout is not None
    last, at, outcomes = 0, random.randrange(1, operations), list[Outcome]()
    for line in process.stdout:
        last, *outcome = json.loads(line)
        outcomes.append((outcome[0], outcome[1]))
        if last == at:
            time.sleep(random.random() * 0.02)
            process.kill()
    assert process.wait() == -signal.SIGKILL
    return last, outcomes[1:]


def test_after_a_kill_what_was_committed_is_there_and_nothing_else(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for seed in range(60 if request.config.getoption("--long") else 3):
        folder, problems = tmp_path / str(seed), []
        last, outcomes = killed(folder, seed, 60)
        for done in (last, last + 1):  # the operation under way was committed, or was not
            try:
                twin = Twin(folder, lived(seed, done, outcomes))
            except AssertionError as error:  # it would have been refused
                problems.append(error)
                continue
            try:
                twin.check_all()
            except AssertionError as error:
                problems.append(error)
                twin.close()
                continue
            random, steps = Random(f"after {seed}"), list[Operation]()  # another one: a number stands for one statement
            with told(seed, steps):
                for _ in range(15):
                    steps.append(choose(random, twin.model))
                    twin.do(steps[-1])
                twin.check_all()
            twin.close()
            break
        assert len(problems) < 2, (seed, last, problems)
        shutil.rmtree(folder)


# -- threads ---------------------------------------------------------------------------------------------------------


WRITING = frozenset(
    {"insert", "merge", "update", "delete", "insert u", "update u", "delete u", "begin", "commit", "rollback"}
)


def test_deltas_of_concurrent_writers_add_up(account: LocalAccount) -> None:
    """Writers and consumers on threads, with and without transactions: no change is lost, none is consumed twice."""
    first = account.session()
    for sql in (*SETUP, *(sql_of((0, "recreate", name)) for name in INITIAL)):
        first.execute(sql)
    problems: list[BaseException] = []
    writing = threading.Event()
    writing.set()

    def write(number: int) -> None:
        random, model, session = Random(number), Model(), account.session()
        session.execute("USE SCHEMA db.public")
        for _ in range(40):
            operation = choose(random, model, number)
            if operation[1] in WRITING:
                try:
                    session.execute(sql_of(operation))
                except SqlError as error:
                    if ended(error) == LOST:
                        session.execute("ROLLBACK")
                        model.crash()
                    continue
                model.apply(operation)
        session.execute("COMMIT")
        session.close()

    def consume(explicit: bool) -> None:
        session = account.session()
        session.execute("USE SCHEMA db.public")
        while writing.is_set():
            consume_once(session, explicit=explicit)
        session.close()

    def guarded(call: object, *arguments: object) -> None:
        try:
            call(*arguments)  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - raised again in the test's thread
            problems.append(error)

    writers = [threading.Thread(target=guarded, args=(write, number)) for number in range(3)]
    consumers = [threading.Thread(target=guarded, args=(consume, explicit)) for explicit in (True, False)]
    for thread in (*writers, *consumers):
        thread.start()
    for thread in writers:
        thread.join()
    writing.clear()
    for thread in consumers:
        thread.join()
    assert problems == []
    consume_once(first, explicit=False)
    for stream, source in (("s1", "t"), ("of_joined", "joined"), ("of_all", "everything")):
        summed = Counter[tuple[object, ...]]()
        for k, v, action in first.execute(f"SELECT k, v, a FROM sink WHERE s = '{stream}'").rows:
            summed[k, v] += 1 if action == "INSERT" else -1
        assert min(summed.values(), default=0) >= 0, stream
        assert +summed == Counter(first.execute(f"SELECT k, v FROM {source}").rows), stream


def consume_once(session: LocalSession, *, explicit: bool) -> None:
    try:
        if explicit:
            session.execute("BEGIN")
        session.execute(sql_of((0, "consume", [1, "s1", "of_joined"])))
        session.execute(sql_of((0, "consume", [1, "of_all"])))
        session.execute("COMMIT")
    except SqlError as error:
        ended(error)
        session.execute("ROLLBACK")


# -- room ------------------------------------------------------------------------------------------------------------


def test_what_was_consumed_takes_no_room(tmp_path: Path) -> None:
    """The file of an account whose stream is consumed does not grow with the number of changes that there ever were."""
    sizes = []
    for _ in range(6):
        account = LocalAccount(tmp_path / "account")
        session = account.session()
        if not sizes:
            session.execute("CREATE DATABASE db")
            session.execute("CREATE TABLE t (k INT, v VARCHAR)")
            session.execute("CREATE TABLE numbers AS SELECT 1::INT AS k")
            for _ in range(12):
                session.execute("INSERT INTO numbers SELECT k + (SELECT MAX(k) FROM numbers) FROM numbers")
            session.execute("CREATE VIEW w AS SELECT k FROM t WHERE k > 0")
            session.execute("CREATE TABLE sink (n INT)")
            session.execute("CREATE STREAM s ON TABLE t")
            session.execute("CREATE STREAM sw ON VIEW w")
        session.execute("USE SCHEMA db.public")
        for _ in range(4):
            session.execute("INSERT INTO t SELECT k, SHA2(k::VARCHAR) FROM numbers")
            session.execute("DELETE FROM t")
            session.execute("INSERT OVERWRITE INTO sink SELECT COUNT(*) FROM s")
            session.execute("INSERT OVERWRITE INTO sink SELECT COUNT(*) FROM sw")
        session.close()
        account.close()
        sizes.append((tmp_path / "account" / FILE).stat().st_size)
    assert sizes[-1] < 1.5 * sizes[1], sizes
