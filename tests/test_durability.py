"""What was committed stays, and what was not leaves no trace: kill -9 at every point, a full disk, and damaged files."""

import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from snowpipe_deploy.errors import DeployError, LockedError
from snowpipe_deploy.local.account import FILE, LocalAccount, reset
from tests import durable_work
from tests.durable_work import WORK, Worker, everything, make

ROOT = Path(__file__).resolve().parent.parent
LOG, SEAL = f"{FILE}.wal", f"{FILE}.seal"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "account"
    make(folder)
    return folder


def told(folder: Path) -> dict[str, Any]:
    """What the account remembers, as one sees who opens it (a copy of it)."""
    copy = folder.with_name("told")
    shutil.copytree(folder, copy)
    try:
        worker = Worker(copy)
        try:
            return everything(worker)
        finally:
            worker.session.close()
            worker.account.discard()
    finally:
        shutil.rmtree(copy)


# -- kill -9 ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def states(made: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the account remembers before each step, and after the last."""
    folder = tmp_path_factory.mktemp("states")
    shutil.copytree(made, folder / "whole")
    worker, found = Worker(folder / "whole"), []
    for step in ("", *WORK):
        if step:
            worker.do(step)
        found.append(told(folder / "whole"))
    worker.close()
    return found


def killed(folder: Path, kill_at: int) -> int:
    """Does the work in another process, which dies at a point of it: at which step; a negative number says how many points there are."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.durable_work"])
    progress = context.Value("i", 0)
    process: ForkServerProcess = context.Process(target=durable_work.work, args=(folder, kill_at, progress))
    process.start()
    process.join()
    assert process.exitcode == (-signal.SIGKILL if kill_at else 0)
    return int(progress.value)


def by_itself(found: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in names}


def test_killed_at_any_point(
    made: Path, states: list[dict[str, Any]], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The step under way is done, or it is not: nothing in between, and nothing of the others is lost."""
    shutil.copytree(made, tmp_path / "all")
    points = -killed(tmp_path / "all", 0)
    assert told(tmp_path / "all") == states[-1]
    step = 1 if request.config.getoption("--long") else points // 12
    for kill_at in range(Random(points).randrange(1, step + 1), points, step):
        folder = tmp_path / str(kill_at)
        shutil.copytree(made, folder)
        number = killed(folder, kill_at)
        found = told(folder)
        before, after = states[number], states[min(number + 1, len(WORK))]
        if number < len(WORK) and WORK[number] == "tick":
            check_tick(found, before, after)
        else:
            assert found in (before, after), (kill_at, number, differences(found, before), differences(found, after))
        shutil.rmtree(folder)


def differences(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]}


def check_tick(found: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """A run of a graph is several transactions; each of them is whole."""
    names = ("s", "sw", "sink", "runs", "clock")
    assert by_itself(found, *names) == by_itself(before, *names) == by_itself(after, *names)
    root_ran = found["s"] == after["s"]
    child_ran = found["sw"] == after["sw"]
    assert root_ran or found["s"] == before["s"]
    assert child_ran or found["sw"] == before["sw"]
    new = Counter(after["sink"]) - Counter(before["sink"])
    wanted = {row: times for row, times in new.items() if (child_ran if "child" in row else root_ran)}
    assert Counter(found["sink"]) == Counter(before["sink"]) + Counter(wanted)
    assert found["clock"] in {before["clock"], after["clock"]}
    assert all("SUCCEEDED" in run or "CANCELLED" in run for run in found["runs"]), found["runs"]
    assert len(found["runs"]) <= len(after["runs"])


# -- damage ----------------------------------------------------------------------------------------------------------

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def open_account(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The files of an account whose process was killed: much is in the log and not yet in the file."""
    folder = tmp_path_factory.mktemp("open")
    shutil.copytree(made, folder / "account")
    worker = Worker(folder / "account")
    for step in WORK[:10]:
        worker.do(step)
    shutil.copytree(folder / "account", folder / "killed")
    worker.close()
    return folder / "killed", told(folder / "killed")


def truncated(name: str, part: float) -> Damage:
    return lambda folder: os.truncate(folder / name, int((folder / name).stat().st_size * part))


def flipped(name: str, place: float) -> Damage:
    def damage(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[int(len(content) * place)] ^= 0x40
        (folder / name).write_bytes(content)

    return damage


def directory(folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / FILE).mkdir()


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("")


NAMED: dict[str, tuple[Damage, str]] = {
    "empty": (truncated(FILE, 0), "not a valid DuckDB database file"),
    "half": (truncated(FILE, 0.5), "Could not read enough bytes"),
    "text": (lambda folder: (folder / FILE).write_text("hello\n" * 9999), "not a valid DuckDB database file"),
    "a directory": (directory, "Is a directory"),
    "its folder is a file": (a_file, "File exists"),
    "gone": (lambda folder: (folder / FILE).unlink(), "account.duckdb is gone"),
    "without its log": (lambda folder: (folder / LOG).unlink(), "its newest changes are gone"),
    "its log empty": (truncated(LOG, 0), "its newest changes are gone"),
    "its log short": (truncated(LOG, 0.7), "its newest changes are gone"),
    "the first byte of its log": (flipped(LOG, 0), "account.duckdb.wal, which holds its newest changes, is damaged"),
    "a byte of its log": (flipped(LOG, 0.5), "account.duckdb.wal, which holds its newest changes, is damaged"),
    "a byte of its log, without a seal": (lambda f: ((f / SEAL).unlink(), flipped(LOG, 0.5)(f)), "Corrupt WAL file"),
    "another log": (lambda folder: (folder / LOG).write_bytes(b"?" * 10**6), "which holds its newest changes, is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_a_damaged_account_says_what_is_wrong_and_what_to_do(
    name: str, open_account: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    damage, words = NAMED[name]
    folder = tmp_path / "account"
    shutil.copytree(open_account[0], folder)
    damage(folder)
    with pytest.raises(DeployError) as refused:
        LocalAccount(folder)
    assert words in refused.value.message
    assert refused.value.hint
    if not folder.is_file():
        reset(folder)  # which is one of the hints
        LocalAccount(folder).close()


def test_damage_anywhere_is_told_or_does_no_harm(
    open_account: tuple[Path, dict[str, Any]], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    random, folder = Random(1), tmp_path / "account"
    for _ in range(400 if request.config.getoption("--long") else 15):
        shutil.copytree(open_account[0], folder)
        damage, name = random.choice([truncated, flipped]), random.choice([FILE, FILE, LOG])
        damage(name, place := random.random())(folder)
        try:
            found = told(folder)
        except DeployError as error:
            assert "local account" in str(error), (  # noqa: PT017 - it may be there or not
                damage.__name__,
                name,
                place,
            )
        else:
            wrong = differences(found, open_account[1])
            assert all("damaged" in str(value) for value, _ in wrong.values()), (damage.__name__, name, place, wrong)
        shutil.rmtree(folder)


def test_what_was_left_can_be_gone_on_with(open_account: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """The hint of a lost log."""
    folder = tmp_path / "account"
    shutil.copytree(open_account[0], folder)
    (folder / LOG).unlink()
    with pytest.raises(DeployError) as refused:
        LocalAccount(folder)
    assert refused.value.hint is not None
    assert str(folder / SEAL) in refused.value.hint
    (folder / SEAL).unlink()
    assert told(folder)["t"] == []


def test_a_file_of_a_newer_snowdeploy_is_not_touched(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "account")
    account = LocalAccount(tmp_path / "account")
    account.shared.engine.run("UPDATE _account.format SET version = 99")
    account.close()
    with pytest.raises(DeployError, match="has format 99, a newer version") as refused:
        LocalAccount(tmp_path / "account")
    assert refused.value.hint == "a newer snowdeploy wrote it: upgrade this one"


def test_a_file_of_an_older_snowdeploy_gets_what_it_lacks(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "account")
    account = LocalAccount(tmp_path / "account")
    for sql in (
        "DROP TABLE _account.format",
        "ALTER TABLE _account.task_runs DROP COLUMN config",
    ):
        account.shared.engine.run(sql)
    account.close()
    account = LocalAccount(tmp_path / "account")
    session = account.session()
    session.execute("SELECT CONFIG FROM TABLE(DB.INFORMATION_SCHEMA.TASK_HISTORY())")
    session.execute("CREATE TABLE db.public.later (k INT)")
    session.execute("CREATE STREAM db.public.of_later ON TABLE db.public.later")
    account.close()


def test_a_file_of_a_stage_that_is_gone_is_named(open_account: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    shutil.copytree(open_account[0], tmp_path / "account")
    shutil.rmtree(tmp_path / "account" / "files")
    worker = Worker(tmp_path / "account")
    worker.session.execute("TRUNCATE TABLE loaded")
    with pytest.raises(DeployError, match="PUT it again"):
        worker.session.execute("COPY INTO loaded FROM @sg FILE_FORMAT = (TYPE = CSV)")
    worker.do("put sg 2")
    worker.close()


def in_another_process(program: str, *arguments: object) -> str:
    """What it prints; it must not end with a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, text=True, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return done.stdout


SECOND = """
import sys
from pathlib import Path
from snowpipe_deploy.errors import LockedError
from snowpipe_deploy.local.account import LocalAccount
try:
    LocalAccount(Path(sys.argv[1]))
except LockedError as error:
    print(error.message)
"""


def test_a_second_opening_leaves_the_lock_of_the_first(account: LocalAccount) -> None:
    account.session().execute("CREATE DATABASE db")
    with pytest.raises(LockedError, match="open in this process already"):
        LocalAccount(account.folder)
    assert "in use by pid" in in_another_process(SECOND, account.folder)


UNREADABLE = """
import os, sys
from pathlib import Path
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.account import LocalAccount
if os.getuid() == 0:  # who may read everything
    os.setuid(65534)
try:
    LocalAccount(Path(sys.argv[1]))
except DeployError as error:
    print(error.message, error.hint)
"""


def test_a_file_that_may_not_be_read(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "account")
    (tmp_path / "account" / FILE).chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    said = in_another_process(UNREADABLE, tmp_path / "account")
    assert "ermission denied" in said
    assert "give yourself the right" in said


# -- a full disk -----------------------------------------------------------------------------------------------------

FULL = """
import resource, sys
from pathlib import Path
from snowpipe_deploy.errors import DeployError
from tests.durable_work import Worker
folder, room, first = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "open"
def fill():
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    if first:
        fill()
    worker = Worker(folder)
    fill()
    worker.session.execute(f"PUT 'file://{sys.argv[4]}' @sg AUTO_COMPRESS = FALSE")
except DeployError as error:
    print(error.message, error.hint)
"""


def test_full_disk_at_put_and_at_opening(made: Path, tmp_path: Path) -> None:
    """No file may be longer than so many bytes: the error says so, and with room again everything is there."""
    big = tmp_path / "big.bin"
    big.write_bytes(os.urandom(3_000_000))
    shutil.copytree(made, tmp_path / "account")
    before = told(tmp_path / "account")
    size = (tmp_path / "account" / FILE).stat().st_size
    for room, first in ((size + 100_000, "put"), (100, "open"), (0, "open")):
        said = in_another_process(FULL, tmp_path / "account", room, first, big)
        assert "the disk is full" in said or "File too large" in said, (room, first, said)
        assert list((tmp_path / "account" / "files").rglob("*.part")) == []
    assert told(tmp_path / "account") == before
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY  # the limit was the other process's
