"""An environment that belongs to another account is refused before anything is read."""

import tomllib
from pathlib import Path

import pytest

from snowpipe_deploy.connect import open_account
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.errors import RefusedError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.pin import refuse_other_account
from snowpipe_deploy.session import Result
from tests.test_cli import Shell, shell

__all__ = ["shell"]
WHO = "SELECT CURRENT_ACCOUNT(), CURRENT_ORGANIZATION_NAME() || '-' || CURRENT_ACCOUNT_NAME()"
COMMANDS = (
    ("plan",), ("apply", "--yes"), ("status",), ("drift",), ("history",), ("teardown", "--yes", "--confirm", "YOUTUBE_ANALYTICS_DEV"), ("adopt",),
    ("run",), ("account", "sql", "SELECT 1"),
)  # fmt: skip


def pinned(root: Path, account: str) -> None:
    path = root / "environments" / "dev.toml"
    text = path.read_text(encoding="utf-8")
    assert "account" not in tomllib.loads(text)["connection"]
    path.write_text(text.replace("[connection]\n", f'[connection]\naccount = "{account}"\n', 1), encoding="utf-8")


def test_another_account_is_refused_before_anything_is_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned(shell.root, "ACME-PROD")
    sent: list[str] = []
    run = LocalSession.execute

    def noted(self: LocalSession, sql: str, tag: str = "") -> Result:
        sent.append(sql)
        return run(self, sql, tag)

    monkeypatch.setattr(LocalSession, "execute", noted)
    for command in COMMANDS:
        sent.clear()
        said = shell(*command, code=4)
        assert "connected to account LOCAL-LOCAL, but this environment belongs to ACME-PROD: nothing was read" in said
        assert sent == [WHO], command


@pytest.mark.parametrize("name", ["LOCAL", "local", "Local-Local", "LOCAL_LOCAL"])
def test_the_account_itself_is_opened_by_either_name(name: str, shell: Shell) -> None:
    pinned(shell.root, name)
    open_account(shell.root, load_environment(shell.root, "dev")).close()


@pytest.mark.parametrize("name", ["LOCA", "LOCAL-", "LOCAL-OTHER", "%"])
def test_no_other_name_is_near_enough(name: str, account: LocalAccount) -> None:
    with pytest.raises(RefusedError, match="this environment belongs to"):
        refuse_other_account(account.session(), name)
