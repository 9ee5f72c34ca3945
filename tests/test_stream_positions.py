"""A stream that is replaced loses no row and delivers none twice, whoever inserts meanwhile."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.templates import plain

TEXT = """
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T {mode};
create task RAW.READER warehouse = W schedule = '600 minutes'
as insert into RAW.READ select ID from RAW.S {where};
"""


def project(mode: str, where: str = "") -> Project:
    return from_texts("p", Scope("D"), [plain("p.sql", TEXT.format(mode=mode, where=where))])


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    account = LocalAccount(tmp_path / "account")
    yield account
    account.close()


def applied(account: LocalAccount, wanted: Project) -> dict[str, str]:
    plan = deploy.plan(wanted, account.session())
    return {o.action.id: o.status for o in deploy.apply(plan, account)}


def read(account: LocalAccount) -> list[object]:
    session = account.session()
    session.execute("EXECUTE TASK D.RAW.READER")
    while account.scheduler.active:
        time.sleep(0.01)
    return [row[0] for row in session.execute("SELECT ID FROM D.RAW.READ ORDER BY ID").rows]


def test_rows_inserted_while_the_stream_is_replaced_are_read_once(account: LocalAccount) -> None:
    applied(account, project(""))
    stop, inserted = threading.Event(), []

    def produce() -> None:
        session = account.session()
        while not stop.is_set():
            session.execute(f"INSERT INTO D.RAW.T VALUES ({len(inserted)})")
            inserted.append(len(inserted))
            time.sleep(0.002)

    producer = threading.Thread(target=produce)
    producer.start()
    try:
        for mode in ("append_only = true", "", "append_only = true"):
            time.sleep(0.1)
            assert set(applied(account, project(mode)).values()) == {"done"}
    finally:
        stop.set()
        producer.join()
    assert len(inserted) > 10
    assert read(account) == inserted


def test_a_consumer_that_does_not_read_keeps_the_stream_as_it_is(account: LocalAccount) -> None:
    applied(account, project(""))
    session = account.session()
    session.execute("INSERT INTO D.RAW.T VALUES (1)")
    session.execute("DROP TABLE D.RAW.READ")  # the consumer fails
    session.execute("CREATE TABLE D.RAW.READ (ID NUMBER, MORE NUMBER)")
    plan = deploy.plan(project("append_only = true"), session)
    found = {o.action.id: o for o in deploy.apply(plan, account)}
    assert found["drain stream RAW.S"].status == "failed"
    assert "still has data after a run of D.RAW.READER" in found["drain stream RAW.S"].detail
    assert found["replace stream RAW.S"].status == "skipped"
    assert found["resume task RAW.READER"].status == "done"
    assert [row[0] for row in session.execute("SELECT ID FROM D.RAW.S").rows] == [1]


def test_initial_rows_are_not_delivered_once_more(account: LocalAccount) -> None:
    applied(account, project("show_initial_rows = true"))
    assert read(account) == []  # the table as it was when the stream was made
    account.session().execute("INSERT INTO D.RAW.T VALUES (1)")
    assert read(account) == [1]
    applied(account, project("show_initial_rows = true append_only = true"))
    account.session().execute("INSERT INTO D.RAW.T VALUES (2)")
    assert read(account) == [1, 2]
