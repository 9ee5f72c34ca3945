"""`selftest` tells what held from what did not, and leaves nothing behind, however it ends."""

import json

import pytest

from snowpipe_deploy import selftest
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.model import Scope
from snowpipe_deploy.selftest import Verdict, read
from tests.test_cli import Shell, shell

__all__ = ["shell"]
HEAD = "-- source: none\n-- confirmed: yes\n-- leans: nobody\n"
TEXTS = {
    "it_holds": "CREATE TABLE T (ID NUMBER);\nSELECT COUNT(*) FROM T;\n-- > 0\nSELECT X FROM T;\n-- ! invalid identifier\n",
    "its_rows_are_others": "SELECT 1;\n-- > 2\n",
    "its_error_is_another": "SELECT * FROM ABSENT;\n-- ! syntax error\n",
    "it_is_no_error": "SELECT 1;\n-- ! does not exist\n",
    "it_cannot_be_prepared": "CREATE TABLE {schema}.ABSENT.T (ID NUMBER);\nSELECT 1;\n-- > 1\n",
    "it_needs_a_warehouse": "CREATE TASK K WAREHOUSE = {warehouse} AS SELECT 1;\nSELECT 1;\n-- > 1\n",
}


@pytest.fixture
def session(account: LocalAccount) -> LocalSession:
    made = account.session()
    made.execute("CREATE DATABASE D")
    return made


def schemas(session: LocalSession) -> list[object]:
    return [row["name"] for row in session.execute("SHOW SCHEMAS IN DATABASE D").dicts()]


def ours(monkeypatch: pytest.MonkeyPatch) -> None:
    made = tuple(read(name, HEAD + text) for name, text in TEXTS.items())
    monkeypatch.setattr(selftest, "facts", lambda: made)


def test_each_fact_has_its_verdict(session: LocalSession, monkeypatch: pytest.MonkeyPatch) -> None:
    ours(monkeypatch)
    found = {v.fact.name: v.result for v in selftest.selftest(session, Scope("D"))}
    assert found == {
        "it_holds": "held", "its_rows_are_others": "did not hold", "its_error_is_another": "did not hold",
        "it_is_no_error": "did not hold", "it_cannot_be_prepared": "not tried", "it_needs_a_warehouse": "not tried",
    }  # fmt: skip
    assert schemas(session) == ["PUBLIC"]


def test_nothing_is_left_where_it_is_stopped(session: LocalSession, monkeypatch: pytest.MonkeyPatch) -> None:
    run = selftest.selftest(session, Scope("D"), "W")
    assert isinstance(next(run), Verdict)
    assert any(str(name).startswith("SNOWDEPLOY_SELFTEST_") for name in schemas(session))
    run.close()  # the one who reads it ended
    assert schemas(session) == ["PUBLIC"]

    def interrupted(*_: object) -> Verdict:
        raise KeyboardInterrupt

    monkeypatch.setattr(selftest, "tried", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(selftest.selftest(session, Scope("D"), "W"))
    assert schemas(session) == ["PUBLIC"]


def test_without_the_database_it_says_so(session: LocalSession) -> None:
    with pytest.raises(UsageError, match="database ABSENT is not there"):
        list(selftest.selftest(session, Scope("ABSENT")))


def test_the_command_ends_with_what_it_found(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is not there" in shell("selftest", code=2)
    shell("account", "sql", "CREATE DATABASE YOUTUBE_ANALYTICS_DEV")
    ours(monkeypatch)
    said = shell("selftest", code=1)
    assert "did not hold  its rows are others" in said
    assert "2 held, 3 did not hold, 1 not tried" in said
    found = json.loads(shell("selftest", "--output", "json", code=1))
    assert [one["result"] for one in found["facts"]][:2] == ["held", "did not hold"]
    monkeypatch.setattr(selftest, "facts", lambda: (read("it_holds", HEAD + TEXTS["it_holds"]),))
    assert "1 held" in shell("selftest")
    assert "SNOWDEPLOY_SELFTEST" not in shell("account", "sql", "SHOW SCHEMAS IN ACCOUNT")
