"""A stream that is replaced loses no row and delivers none twice, whoever inserts meanwhile."""

import itertools
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


MOVED = """
create schema RAW;
create table RAW.T (ID number);
create table RAW.U (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.{source};
create task RAW.READER warehouse = W schedule = '600 minutes' as insert into RAW.READ select ID from RAW.S;
"""


def moved(source: str) -> Project:
    return from_texts("p", Scope("D"), [plain("p.sql", MOVED.format(source=source))])


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


def test_a_stream_on_another_table_has_handed_on_all_of_the_first(account: LocalAccount) -> None:
    applied(account, moved("T"))
    session = account.session()
    session.execute("INSERT INTO D.RAW.T VALUES (1), (2)")
    session.execute("INSERT INTO D.RAW.U VALUES (10)")  # is there before, as for any new stream
    plan = deploy.plan(moved("U"), session)
    assert [h.type for a in plan.actions for h in a.hazards] == ["loses-grants"]
    assert set(applied(account, moved("U")).values()) == {"done"}
    assert [row[0] for row in session.execute("SELECT ID FROM D.RAW.READ ORDER BY ID").rows] == [1, 2]
    session.execute("INSERT INTO D.RAW.U VALUES (11)")
    assert read(account) == [1, 2, 11]


def test_a_stream_whose_source_is_still_written_to_stays_as_it_is(account: LocalAccount) -> None:
    def busy(source: str) -> Project:
        body = "begin insert into RAW.READ select ID from RAW.S; insert into RAW.T values (7); end;"
        text = MOVED.format(source=source).replace("insert into RAW.READ select ID from RAW.S;", body)
        return from_texts("p", Scope("D"), [plain("p.sql", text)])

    applied(account, busy("T"))
    session = account.session()
    session.execute("INSERT INTO D.RAW.T VALUES (1)")
    plan = deploy.plan(busy("U"), session)
    found = {o.action.id: o for o in deploy.apply(plan, account)}
    assert found["drain stream RAW.S"].status == "done"
    assert found["replace stream RAW.S"].status == "failed"
    assert found["replace stream RAW.S"].detail.endswith("or lose what it holds: --allow loses-offset:RAW.S")
    assert found["resume task RAW.READER"].status == "done"
    assert [row[0] for row in session.execute("SELECT ID FROM D.RAW.S").rows] == [7]  # of the table that it still has
    allowed = deploy.Options(allowed=frozenset({"loses-offset:RAW.S"}))
    consented = deploy.plan(busy("U"), session, allowed)
    assert "loses-offset:RAW.S" in {h.consent for a in consented.actions for h in a.hazards}
    assert [o.detail for o in deploy.apply(consented, account) if o.status not in {"running", "done"}] == []


MODES = {"D": "", "A": "append_only = true"}


def crosswise(modes: list[tuple[str, str, str]], *, after: bool) -> Project:
    """A stream for each way from a mode to a mode, which names itself or another in AT (STREAM => …) of its new text."""
    lines = ["create schema RAW;", "create table RAW.T (ID number);"]
    lines += [f"create stream RAW.O_{mode} on table RAW.T {text};" for mode, text in MODES.items()]
    for before, then, named in modes:
        name = f"RAW.S_{before}_{then}_{named}"
        start = f"at (stream => '{name if named == 'SELF' else f'RAW.O_{named}'}')" if after else ""
        if before != "NEW" or after:
            lines.append(f"create stream {name} on table RAW.T {start} {MODES[then if after else before]};")
    return from_texts("p", Scope("D"), [plain("p.sql", "\n".join(lines))])


def test_no_plan_sends_a_position_across_modes(account: LocalAccount) -> None:
    ways = [
        (b, t, n)
        for b, t, n in itertools.product(("NEW", *MODES), MODES, ("SELF", *MODES))
        if (b, n) != ("NEW", "SELF")
    ]
    applied(account, crosswise(ways, after=False))
    made = deploy.plan(crosswise(ways, after=True), account.session())
    assert {str(a.key.name) for a in made.actions} == {f"RAW.S_{b}_{t}_{n}" for b, t, n in ways if b != t}
    for action in made.actions:
        _, before, then, named = action.key.name.last.split("_")
        sent = "STREAM =>" in " ".join(action.sql).upper()
        lossy = f"loses-offset:{action.key.name}" in {h.consent for h in action.hazards}
        same = named == then
        assert sent == (same or before == "NEW"), action
        assert lossy == (before != "NEW" or not same), action
