"""Pipes that are changed lose no file and load none twice; alerts look when they are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Outcome, Project, Scope
from snowpipe_deploy.pipes import below, missed
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.templates import plain

TEXT = """
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number, NAME varchar);
create pipe RAW.P auto_ingest = true comment = '{comment}' as copy into RAW.T (ID, NAME) from @RAW.FILES/in/ {options};
"""


def project(options: str = "", comment: str = "") -> Project:
    return from_texts("p", Scope("D"), [plain("p.sql", TEXT.format(options=options, comment=comment))])


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    account = LocalAccount(tmp_path / "account")
    applied(account, project())
    yield account
    account.close()


def applied(
    account: LocalAccount, wanted: Project, *, only: int | None = None, seconds: int = 60
) -> dict[str, Outcome]:
    """Plans and applies; with `only`, as if it were killed after so many steps."""
    policy = Policy(in_flight_timeout=seconds)
    plan = deploy.plan(wanted, account.session(), deploy.Options(policy=policy))
    actions = plan.actions[:only]
    plan = replace(plan, actions=actions)
    return {o.action.id: o for o in deploy.apply(plan, account, policy=policy) if o.status != "running"}


def put(account: LocalAccount, folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    account.session().execute(f"PUT file://{folder / name} @D.RAW.FILES/in AUTO_COMPRESS = FALSE")
    account.loader.settle()


def rows(account: LocalAccount) -> list[int]:
    account.loader.settle()
    return [int(str(row[0])) for row in account.session().execute("SELECT ID FROM D.RAW.T ORDER BY ID").rows]


def state(account: LocalAccount) -> str:
    return str(account.session().execute("SELECT SYSTEM$PIPE_STATUS('D.RAW.P')").scalar())


def test_a_file_that_came_while_the_pipe_was_paused_is_loaded_once(account: LocalAccount, tmp_path: Path) -> None:
    put(account, tmp_path, "before.csv", "1,a\n")
    changed = project("file_format = (type = csv skip_header = 0)")
    assert list(applied(account, changed, only=1)) == ["suspend pipe RAW.P"]
    put(account, tmp_path, "meanwhile.csv", "2,b\n")
    assert rows(account) == [1]
    found = applied(account, changed)  # the next deployment settles what the first one began
    assert list(found) == [
        "wait for files of pipe RAW.P",
        "replace pipe RAW.P",
        "refresh pipe RAW.P",
        "resume pipe RAW.P",
    ]
    assert found["refresh pipe RAW.P"].detail == "refreshed meanwhile.csv"
    put(account, tmp_path, "after.csv", "3,c\n")
    assert rows(account) == [1, 2, 3]
    assert '"RUNNING"' in state(account)
    assert deploy.plan(changed, account.session()).actions == ()


def test_a_file_that_the_history_does_not_know_is_named_and_left(account: LocalAccount, tmp_path: Path) -> None:
    put(account, tmp_path, "old.csv", "1,a\n")
    account.shared.clock.move(account.shared.clock.now() + timedelta(minutes=1))
    account.session().execute("TRUNCATE TABLE D.RAW.T")  # COPY_HISTORY shows only what came after
    found = applied(account, project("on_error = continue"))
    assert "old.csv, there before the pipe was paused: not refreshed" in found["refresh pipe RAW.P"].detail
    assert rows(account) == []


def test_a_pipe_that_cannot_be_emptied_stays_as_it_was(account: LocalAccount, tmp_path: Path) -> None:
    account.session().execute("ALTER TABLE D.RAW.T RENAME COLUMN NAME TO OTHER")  # its COPY compiles no more
    put(account, tmp_path, "a.csv", "1,a\n")
    found = applied(account, project("on_error = continue"), seconds=0)
    assert "1 file still wait" in found["wait for files of pipe RAW.P"].detail
    assert found["replace pipe RAW.P"].status == "skipped"
    assert found["resume pipe RAW.P"].status == "done"
    account.session().execute("ALTER TABLE D.RAW.T RENAME COLUMN OTHER TO NAME")
    account.session().execute("ALTER PIPE D.RAW.P SET PIPE_EXECUTION_PAUSED = FALSE")
    assert rows(account) == [1]


def test_a_pipe_that_somebody_paused_stays_paused(account: LocalAccount) -> None:
    account.session().execute("ALTER PIPE D.RAW.P SET PIPE_EXECUTION_PAUSED = TRUE")
    found = applied(account, project("on_error = continue"))
    assert found["resume pipe RAW.P"].detail == "was paused by somebody before, and stays so"
    assert '"PAUSED"' in state(account)
    assert deploy.plan(project("on_error = continue"), account.session()).actions == ()


def test_a_pipe_that_was_paused_for_too_long_is_resumed_by_force_alone(account: LocalAccount) -> None:
    session = account.session()
    session.execute("ALTER PIPE D.RAW.P SET PIPE_EXECUTION_PAUSED = TRUE")
    account.shared.clock.move(account.shared.clock.now() + timedelta(days=15))
    with pytest.raises(SqlError, match="stale"):
        session.execute("ALTER PIPE D.RAW.P SET PIPE_EXECUTION_PAUSED = FALSE")
    session.execute("SELECT SYSTEM$PIPE_FORCE_RESUME('D.RAW.P', 'staleness_check_override')")
    assert '"RUNNING"' in state(account)


def test_list_minus_copy_history() -> None:
    now = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)

    def ago(**span: float) -> datetime:
        return now - timedelta(**span)

    files = {
        "a.csv": ago(minutes=1), "b.csv": ago(minutes=1), "again.csv": ago(minutes=1), "old.csv": ago(days=1),
        "part": ago(minutes=1), "part2": ago(days=2),
    }  # fmt: skip
    loaded = [("in/b.csv", ago(seconds=30)), ("in/again.csv", ago(days=1)), ("in/part2", ago(days=1))]
    found = missed(files, loaded, "in/", ago(minutes=5), now)
    assert found.certain == ("a.csv", "again.csv")  # the second one was written anew since it was loaded
    assert found.uncertain == ("old.csv", "part")  # `part` as a prefix would load part2 again
    assert missed(files, loaded, "in/", None, now).certain == ()
    assert missed({"a": ago(days=8)}, [], "", ago(days=9), now).uncertain == ("a",)  # out of the reach of REFRESH


def test_listed_names_begin_with_the_stage_or_its_url() -> None:
    assert below("files/in/2026/a.csv", "", "in/") == "2026/a.csv"
    assert below("files/in/2026/a.csv", "", "") == "in/2026/a.csv"
    assert below("s3://bucket/in/in/a.csv", "s3://bucket/in/", "in/") == "a.csv"
    assert below("s3://bucket/in/a.csv", "s3://bucket", "out/") is None


def test_a_started_alert_looks_when_it_is_due(account: LocalAccount) -> None:
    session = account.session()
    for sql in (
        "CREATE TABLE D.RAW.LOG (N NUMBER)",
        "CREATE ALERT D.RAW.A WAREHOUSE = W SCHEDULE = '10 MINUTES' IF (EXISTS (SELECT 1 FROM T)) THEN INSERT INTO LOG SELECT COUNT(*) FROM T",
        "ALTER ALERT D.RAW.A RESUME",
    ):
        session.execute(sql)
    account.tick(account.shared.clock.now() + timedelta(minutes=15))
    session.execute("INSERT INTO D.RAW.T VALUES (1, 'x')")
    account.tick(account.shared.clock.now() + timedelta(minutes=20))
    session.execute("ALTER ALERT D.RAW.A SUSPEND")
    account.tick(account.shared.clock.now() + timedelta(minutes=20))
    history = session.execute(
        "SELECT STATE, SCHEDULED_FROM FROM TABLE(D.INFORMATION_SCHEMA.ALERT_HISTORY()) ORDER BY SCHEDULED_TIME"
    )
    assert history.rows == (("CONDITION_FALSE", "SCHEDULE"), ("TRIGGERED", "SCHEDULE"), ("TRIGGERED", "SCHEDULE"))
    assert session.execute("SELECT COUNT(*) FROM D.RAW.LOG").scalar() == 2
