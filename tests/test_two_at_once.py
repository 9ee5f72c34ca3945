"""One deployment at a time: of two at once one is told whose lease it is, and one that was stopped past its lease is out."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.apply import BENCH, CONNECTION, control
from snowpipe_deploy import deploy
from snowpipe_deploy.errors import DeployError, LockedError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Outcome, Plan, Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.record import lease
from snowpipe_deploy.templates import plain
from tests.recording import Recording

ROOT = Path(__file__).resolve().parent.parent
OWNER = r"holds the lease: .+@.+ pid \d+, since \d{4}-\d\d-\d\d [\d:.]+, until \d{4}-\d\d-\d\d [\d:.]+ UTC"


def project(turn: int) -> Project:
    tables = "".join(f"create table RAW.T{n} (ID number) comment = 'turn {turn}';" for n in range(3))
    return from_texts("p", Scope("D"), [plain("p.sql", f"create schema RAW;{tables}")])


class Racer:
    """One of two deployments that begin at the same moment; it stands still after its first step until the other is out."""

    def __init__(self, account: LocalAccount, plan: Plan, start: threading.Barrier, out: threading.Event) -> None:
        self.outcomes: list[Outcome] = []
        self.error: DeployError | None = None
        self.waited = True
        self._with = (account, plan, start, out)
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        account, plan, start, out = self._with
        start.wait(20)
        try:
            for outcome in deploy.apply(plan, account):
                self.outcomes.append(outcome)
                if outcome.action.key.kind != "DATABASE":
                    self.waited = out.wait(20)
        except DeployError as error:
            self.error = error
            out.set()


def test_two_at_once_twenty_times_over(tmp_path: Path) -> None:
    """The first time both also make the database and the record; whoever comes second has changed nothing."""
    account = LocalAccount(tmp_path / "account", asleep=True)
    for turn in range(20):
        start, out = threading.Barrier(2), threading.Event()
        plans = [deploy.plan(project(turn), account.session()) for _ in range(2)]
        racers = [Racer(account, plan, start, out) for plan in plans]
        for racer in racers:
            racer.thread.join(60)
        assert sorted(racer.error is None for racer in racers) == [False, True], [r.error for r in racers]
        loser, winner = sorted(racers, key=lambda racer: racer.error is None)
        assert winner.waited
        assert [o.action.id for o in winner.outcomes if o.status == "done"] != []
        assert all(o.status in {"running", "done"} for o in winner.outcomes)
        assert loser.error is not None
        if turn:
            assert isinstance(loser.error, LockedError)
            assert loser.error.code == 5
            assert re.search(OWNER, loser.error.message)
            assert loser.outcomes == []
        else:  # whoever finds the database there a moment too early cannot see a lease yet
            assert loser.error.code in {4, 5}
            assert [o for o in loser.outcomes if o.action.key.kind != "DATABASE"] == []
        assert deploy.plan(project(turn), account.session()).actions == ()
    assert len(deploy.history(project(0), account.session(), 100)) == 20
    account.close()


def snowdeploy(folder: Path, *words: str) -> "subprocess.Popen[str]":
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SNOWFLAKE_HOME": str(folder),
        "SNOWDEPLOY_ENV": "dev",
        "NO_COLOR": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "snowpipe_deploy", *words], cwd=folder, env=env, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def written(folder: Path, connection: str, policy: str = "") -> None:
    """A project of a schema, and tables with a view on each."""
    (folder / "environments").mkdir()
    (folder / "environments" / "dev.toml").write_text(
        f'[project]\nname = "p"\n[connection]\n{connection}\n[scope]\ndatabase = "D"\n{policy}'
    )
    (folder / "sql").mkdir()
    texts = [f"create table RAW.T{n} (ID number);\ncreate view RAW.V{n} as select ID from RAW.T{n};" for n in range(30)]
    (folder / "sql" / "all.sql").write_text("\n".join(["create schema RAW;", *texts]))


def test_the_lease_of_one_that_has_just_made_the_database_is_no_clones(tmp_path: Path) -> None:
    """Which database it is in is written down a moment after it is made."""
    account = LocalAccount(tmp_path / "account", asleep=True)
    assert [o.status for o in deploy.apply(deploy.plan(project(0), account.session()), account)][-1] == "done"
    session = account.session()
    session.execute(
        "UPDATE D.SNOWDEPLOY.LEASE SET HOLDER = (SELECT MAX(DEPLOYMENT) FROM D.SNOWDEPLOY.DEPLOYMENTS), WHO = 'somebody@elsewhere', EXPIRES_AT = DATEADD('hour', 1, CURRENT_TIMESTAMP())"
    )
    session.execute("UPDATE D.SNOWDEPLOY.DEPLOYMENTS SET HOME = ''")
    plan = deploy.plan(project(1), session)
    with pytest.raises(LockedError, match="somebody@elsewhere"):
        list(deploy.apply(plan, account))


def test_a_second_command_on_the_same_local_account_is_told_so(tmp_path: Path) -> None:
    """The file belongs to one process; the other says which one and ends as a locked one does."""
    written(tmp_path, 'type = "local"')
    account = LocalAccount(tmp_path / ".snowdeploy" / "dev", asleep=True)
    second = snowdeploy(tmp_path, "apply", "--yes")
    out, _ = second.communicate(timeout=60)
    account.close()
    assert second.returncode == 5, out
    assert f"in use by pid {os.getpid()}" in out
    assert "hint: wait for that command to end" in out
    assert "Traceback" not in out


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of the stand-in account over HTTP, and its log."""
    if not BENCH.is_dir():
        pytest.skip("no stand-in account beside this checkout")
    log = tmp_path / "log.jsonl"
    start = (
        f"import sys; sys.argv = ['fakeaccount', '--port', '0', '--latency-ms', '300', '--log', {str(log)!r}]; "
        f"from pathlib import Path; from benchmarks import apply; apply.BENCH = Path({str(BENCH)!r}); apply.stand_in().main()"
    )
    process = subprocess.Popen([sys.executable, "-u", "-c", start], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
    assert found is not None
    yield int(found[1]), log
    process.terminate()
    process.wait()


def test_a_process_that_was_stopped_past_its_lease_sends_nothing_more(
    stand_in: tuple[int, Path], tmp_path: Path
) -> None:
    port, log = stand_in
    written(tmp_path, 'type = "snowflake"\nname = "bench"', '[policy]\nlease = "3s"\n')
    connections = tmp_path / "connections.toml"
    connections.write_text(CONNECTION.format(port=port))
    connections.chmod(0o600)
    first = snowdeploy(tmp_path, "apply", "--yes", "--jobs", "2")
    assert first.stdout is not None
    for line in first.stdout:
        if line.startswith("[5/"):
            break
    # while statements are under way: one that had passed the fence and not yet left would still go out
    time.sleep(0.15)
    first.send_signal(signal.SIGSTOP)
    try:
        assert first.poll() is None
        codes = []
        while not codes or (codes[-1] == 5 and len(codes) < 20):
            second = snowdeploy(tmp_path, "apply", "--yes")
            out, _ = second.communicate(timeout=60)
            codes.append(second.returncode)
            if second.returncode == 5:
                assert re.search(OWNER, out), out
                assert f"pid {first.pid}," in out
        assert codes[-1] == 0, out
        control(port, "mark?name=on")
    finally:
        first.send_signal(signal.SIGCONT)
        rest, _ = first.communicate(timeout=60)
    assert first.returncode == 1, rest
    assert "the lease ran out: another deployment may have begun" in rest
    assert "Traceback" not in rest
    time.sleep(0.5)  # for what might still come
    control(port, "mark?name=end")
    entries = [json.loads(text) for text in log.read_text().splitlines()]
    marks = [n for n, entry in enumerate(entries) if "mark" in entry]
    before, after = entries[: marks[-2]], entries[marks[-2] :]
    assert [entry for entry in before if "sql" in entry]
    logins = [entry for entry in entries if entry.get("type") == "login"]
    assert len(logins) == 1 + len(codes)  # however many statements at once
    assert [entry for entry in after if "sql" in entry] == []


def test_nothing_is_sent_once_the_lease_may_have_run_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine slept: no step, no outcome, no record and no release; what may be under way at that moment is one statement."""
    account = Recording(LocalAccount(tmp_path / "account", asleep=True))
    texts = "".join(f"create table RAW.T{n} (ID number);" for n in range(10))
    wanted = from_texts("p", Scope("D"), [plain("p.sql", f"create schema RAW;{texts}")])
    plan = deploy.plan(wanted, account.session())
    slept, before, found, awake = False, 0, [], lease.moment
    for outcome in deploy.apply(plan, account, jobs=1):
        found.append(outcome)
        if outcome.status == "done" and outcome.action.key.kind == "TABLE" and not slept:
            slept = True
            monkeypatch.setattr(lease, "moment", lambda: awake() + 1000)
            before = len(account.sent)
    assert slept
    assert len(account.sent) - before <= 1, account.sent[before:]
    assert {o.detail for o in found if o.status in {"failed", "cancelled"}} == {lease.LOST}
    monkeypatch.undo()
    account.session().execute("UPDATE D.SNOWDEPLOY.LEASE SET EXPIRES_AT = CURRENT_TIMESTAMP()")  # its time is over
    for outcome in deploy.apply(deploy.plan(wanted, account.session()), account):
        assert outcome.status in {"running", "done"}
    assert deploy.plan(wanted, account.session()).actions == ()
    account.close()
