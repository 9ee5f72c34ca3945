"""The pytest plugin, in a project of its own: fresh accounts, the clock, faults, and what a failure shows."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

FILES = {
    "environments/dev.toml": '[project]\nname = "shop"\n[connection]\ntype = "local"\n[scope]\ndatabase = "SHOP"\n',
    "sql/shop.sql": """\
CREATE SCHEMA RAW;
CREATE STAGE RAW.LANDING;
CREATE TABLE RAW.ORDERS (ID NUMBER, NAME VARCHAR);
CREATE PROCEDURE RAW.CLEAR() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN DELETE FROM RAW.ORDERS; RETURN ''done''; END';
CREATE TASK RAW.LOAD SCHEDULE = '60 MINUTES' AS
  COPY INTO RAW.ORDERS FROM @RAW.LANDING FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1);
CREATE TASK RAW.CLEAN AFTER RAW.LOAD AS DELETE FROM RAW.ORDERS WHERE NAME IS NULL;
""",
    "checks/orders.csv": "id,name\n1,Ann\n2,\n",
}
PASSING = """
import pytest
from snowpipe_deploy.session import SqlError

@pytest.mark.parametrize("again", [1, 2])
def test_run(account, assert_rows, again):
    account.put("@RAW.LANDING", "orders.csv", {"file": "more.csv", "like": "orders.csv", "rows": [{"id": 3}]})
    assert account.run("RAW.LOAD") == {"LOAD": "succeeded", "CLEAN": "succeeded"}
    assert_rows("SELECT ID, NAME FROM RAW.ORDERS", [[3, "Ann"], [1, "Ann"]])
    assert account.rows("SELECT COUNT(*) FROM RAW.ORDERS") == [(2,)]

def test_clock_and_faults(account, assert_rows):
    before = account.now
    account.put("RAW.ORDERS", {"rows": [{"ID": 7}, {"ID": 8, "NAME": "Bob"}]})
    with account.fail("CLEAN"):
        assert account.advance("1h") == 1
    assert (account.now - before).total_seconds() >= 3600
    assert_rows("SELECT ID, NAME FROM RAW.ORDERS ORDER BY ID", [[7, None], [8, "Bob"]], ordered=True)
    assert account.run("LOAD")["CLEAN"] == "succeeded"
    assert account.sql("SELECT ID AS N FROM RAW.ORDERS") == [{"N": 8}]
    assert account.call("RAW.CLEAR()") == "done"
    with pytest.raises(SqlError, match="does not exist"):
        account.sql("SELECT * FROM RAW.NONE")

def test_project(project):
    assert project.scope.database == "SHOP"
"""
FAILING = """
def test_rows(account, assert_rows):
    account.put("RAW.ORDERS", {"rows": [{"ID": 1, "NAME": "Ann"}]})
    assert_rows("SELECT ID, NAME FROM RAW.ORDERS", [[1, "Bob"]])

def test_fault(account):
    with account.fail("CLEAN"):
        pass
"""


@pytest.fixture
def shop(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parent.parent))
    monkeypatch.delenv("SNOWDEPLOY_ENV", raising=False)
    for name, text in FILES.items():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return pytester


def played(shop: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    (shop.path / "checks" / "test_shop.py").write_text(text)
    return shop.runpytest_subprocess("-p", "no:cacheprovider", *_plugin(), *arguments)


def _plugin() -> list[str]:
    """The entry point where the package was installed with it; by name where it was not."""
    from importlib.metadata import entry_points

    return [] if "snowdeploy" in entry_points(group="pytest11").names else ["-p", "snowpipe_deploy.plugin"]


def test_fixtures_give_a_fresh_account_each(shop: pytest.Pytester) -> None:
    played(shop, PASSING).assert_outcomes(passed=4)


def test_a_failure_shows_rows_and_not_our_code(shop: pytest.Pytester) -> None:
    result = played(shop, FAILING)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        ["*~ 1   Bob → Ann  changed: expected → found", "*the fault never came about: task CLEAN did not come to it"]
    )
    assert "snowpipe_deploy/testing" not in result.stdout.str()


def test_what_is_wrong_with_the_project_is_said_in_words(shop: pytest.Pytester) -> None:
    result = played(shop, "def test_it(account): pass", "--snowdeploy-env", "dve")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no environment 'dve'*", "*hint: did you mean dev?"])
    assert "Traceback" not in result.stdout.str()


def test_a_run_that_asks_for_no_fixture_imports_nothing_of_ours(shop: pytest.Pytester) -> None:
    text = "import sys\ndef test_it(): assert not [m for m in sys.modules if m.startswith(('duckdb', 'sqlglot', 'pydantic', 'snowpipe_deploy.connect'))]"
    played(shop, text).assert_outcomes(passed=1)
