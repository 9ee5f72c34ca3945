"""A script whose end nobody knows does not run again in silence; one whose transaction was rolled back does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Account, Result, Session, SqlError, sequentially
from snowpipe_deploy.templates import plain

TEXT = """
create schema RAW;
create table RAW.T (ID number);
create procedure RAW.ADD() returns varchar language sql as begin insert into RAW.T values (1); return 'added'; end;
"""


def project(script: str) -> Project:
    return from_texts("p", Scope("D"), [plain("p.sql", TEXT + script)])


class Losing:
    """An account whose reply to one statement is lost, and that knows nothing of what became of it."""

    def __init__(self, account: Account, word: str, *, runs: bool) -> None:
        self.account, self.word, self.runs = account, word, runs

    def session(self) -> Session:
        return LosingSession(self, self.account.session())

    def login(self) -> Session:
        return LosingSession(self, self.account.login())

    def close(self) -> None:
        self.account.close()


class LosingSession:
    def __init__(self, losing: Losing, session: Session) -> None:
        self.losing, self.session = losing, session

    def execute(self, sql: str, tag: str = "") -> Result:
        if not sql.lower().startswith(self.losing.word):
            return self.session.execute(sql, tag)
        if self.losing.runs:
            self.session.execute(sql)  # without the tag by which it could be found again
        raise SqlError(250003, "08001", "the connection was lost", may_have_run=True)

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        return sequentially(self, statements)

    def cancel(self) -> None:
        self.session.cancel()

    def close(self) -> None:
        self.session.close()


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    account = LocalAccount(tmp_path / "account")
    list(deploy.apply(deploy.plan(project(""), account.session()), account))
    yield account
    account.close()


def rows(account: LocalAccount) -> object:
    return account.session().execute("SELECT COUNT(*) FROM D.RAW.T").scalar()


@pytest.mark.parametrize("runs", [True, False])
def test_a_call_whose_reply_was_lost_runs_again_only_with_consent(account: LocalAccount, runs: bool) -> None:
    wanted = project("call RAW.ADD();")
    plan = deploy.plan(wanted, account.session())
    assert deploy.not_allowed(plan, ()) == []
    outcomes = list(deploy.apply(plan, Losing(account, "call raw.add", runs=runs)))
    assert outcomes[-1].status == "unknown"
    again = deploy.plan(wanted, account.session())
    asked = deploy.not_allowed(again, ())
    assert [h.type for h in asked] == ["reruns-script"]
    assert "was begun by a deployment that was cut short" in asked[0].message
    assert deploy.not_allowed(again, ("reruns-script",)) == []
    list(deploy.apply(again, account))
    assert rows(account) == (2 if runs else 1)
    assert deploy.plan(wanted, account.session()).actions == ()


def test_a_dml_script_whose_reply_was_lost_is_rolled_back_and_runs_again(account: LocalAccount) -> None:
    wanted = project("insert into RAW.T values (7);")
    outcomes = list(
        deploy.apply(deploy.plan(wanted, account.session()), Losing(account, "insert into raw.t", runs=True))
    )
    assert outcomes[-1].status == "failed"
    assert "rolled back" in outcomes[-1].detail
    again = deploy.plan(wanted, account.session())
    assert deploy.not_allowed(again, ()) == []
    list(deploy.apply(again, account))
    assert rows(account) == 1


def test_a_commit_whose_reply_was_lost_is_looked_up_in_the_journal(account: LocalAccount) -> None:
    wanted = project("insert into RAW.T values (7);")
    outcomes = list(deploy.apply(deploy.plan(wanted, account.session()), Losing(account, "commit", runs=True)))
    assert outcomes[-1].status == "done"
    assert rows(account) == 1
    assert deploy.plan(wanted, account.session()).actions == ()


SCRIPT = "call RAW.ADD();"


class Dying(LosingSession):
    """Its process is killed at the statement: before it took effect, or after."""

    def execute(self, sql: str, tag: str = "") -> Result:
        try:
            return LosingSession.execute(self, sql, tag)
        except SqlError as error:
            if error.errno == 250003:
                os.kill(os.getpid(), signal.SIGKILL)
            raise


class Fatal(Losing):
    def session(self) -> Session:
        return Dying(self, self.account.session())

    def login(self) -> Session:
        return Dying(self, self.account.login())


def die(folder: Path, *, runs: bool) -> None:
    account = LocalAccount(folder)
    list(deploy.apply(deploy.plan(project(SCRIPT), account.session()), Fatal(account, "call raw.add", runs=runs)))


@pytest.mark.parametrize("runs", [True, False])
def test_a_script_whose_process_was_killed_runs_again_only_with_consent(tmp_path: Path, runs: bool) -> None:
    folder = tmp_path / "account"
    made = LocalAccount(folder)
    list(deploy.apply(deploy.plan(project(""), made.session()), made))
    made.close()
    killed = f"from pathlib import Path; from tests.test_scripts_cut_short import die; die(Path({str(folder)!r}), runs={runs})"
    done = subprocess.run([sys.executable, "-c", killed], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    account = LocalAccount(folder)
    again = deploy.plan(project(SCRIPT), account.session())
    assert [h.type for h in deploy.not_allowed(again, ())] == ["reruns-script"]
    with pytest.raises(DeployError, match="not allowed") as refused:
        deploy.check_consent(again, ())
    assert refused.value.hint == "--allow reruns-script"
    assert rows(account) == int(runs)
    assert [o.status for o in deploy.apply(again, account, force=True) if o.status != "running"] == ["done"]
    assert rows(account) == int(runs) + 1
    account.close()
