"""Ten tasks of a started graph, three of them changed: one SUSPEND and one RESUME of the root, and nothing else is touched."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Plan, Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.templates import plain
from tests.recording import Recording

ROOT = "schedule = 'using cron 0 6 * * * UTC'"
LINKS = {
    "ROOT": ROOT, "A1": "after RAW.ROOT", "A2": "after RAW.ROOT", "A3": "after RAW.ROOT", "B1": "after RAW.A1, RAW.A2",
    "B2": "after RAW.A2", "C1": "after RAW.B1, RAW.B2", "C2": "after RAW.A3", "D": "after RAW.C1, RAW.C2",
    "LAST": "finalize = RAW.ROOT", "OTHER": ROOT,
}  # fmt: skip
BODIES = dict.fromkeys(LINKS, "select 1") | {"B1": "call RAW.P()", "C1": "insert into RAW.T (NAME) select 'x'"}
HEAD = """
create schema RAW;
create table RAW.T (NAME varchar(10));
create procedure RAW.P() returns varchar language sql as $$ begin return 'one'; end $$;
"""
THREE = {"A2": "select 2", "C1": "insert into RAW.T (NAME) select 'y'", "D": "select 2"}
START = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


def project(
    bodies: Mapping[str, str] | None = None, links: Mapping[str, str] | None = None, head: str = HEAD
) -> Project:
    tasks = "".join(
        f"create task RAW.{name} warehouse = W {link} as {(BODIES | dict(bodies or {}))[name]};\n"
        for name, link in (LINKS | dict(links or {})).items()
    )
    return from_texts("p", Scope("D"), [plain("p.sql", head + tasks)])


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    """The graph deployed, run once, and readable by a role that the project does not know of."""
    account = LocalAccount(tmp_path / "account", now=START, asleep=True)
    account.freeze()
    done(deploy.plan(project(), account.session()), account)
    session = account.session()
    session.execute("CREATE ROLE WATCHER")
    for name in LINKS:
        session.execute(f"GRANT MONITOR ON TASK D.RAW.{name} TO ROLE WATCHER")
    account.tick(START + timedelta(hours=2))
    yield account
    account.watch(None)
    account.close()


def done(plan: Plan, account: object, policy: Policy | None = None) -> None:
    found = {o.action.id: (o.status, o.detail) for o in deploy.apply(plan, account, policy=policy)}  # type: ignore[arg-type]
    assert {id_: how for id_, how in found.items() if how[0] != "done"} == {}


def applied(account: LocalAccount, wanted: Project, options: deploy.Options | None = None) -> list[str]:
    """Plans and applies; the ALTER, CREATE and DROP statements that were sent, without those of our own record."""
    recording = Recording(account)
    options = options or deploy.Options()
    done(deploy.plan(wanted, recording.session(), options), recording, options.policy)
    words = ("ALTER ", "CREATE ", "DROP ", "EXECUTE ", "SELECT SYSTEM$")
    return [sql for sql in recording.sent if sql.upper().startswith(words) and "SNOWDEPLOY" not in sql]


def stands(account: LocalAccount, *, besides: tuple[str, ...] = ()) -> dict[str, object]:
    """Everything that somebody can see of each task that was not to be changed."""
    session = account.session()
    tasks = {str(row["name"]): row for row in session.execute("SHOW TASKS IN DATABASE D").dicts()}
    moving = {"last_suspended_on", "last_suspended_reason", "last_committed_on"}  # the root's window is seen in them
    return {
        name: (
            {column: value for column, value in row.items() if name != "ROOT" or column not in moving},
            sorted(map(repr, session.execute(f"SHOW GRANTS ON TASK D.RAW.{name}").rows)),
        )
        for name, row in tasks.items()
        if name not in besides
    }


def history(account: LocalAccount) -> list[tuple[object, ...]]:
    columns = "NAME, STATE, QUERY_TEXT, RUN_ID, QUERY_ID, SCHEDULED_TIME, COMPLETED_TIME, GRAPH_VERSION"
    table = "TABLE(D.INFORMATION_SCHEMA.TASK_HISTORY())"
    rows = account.session().execute(f"SELECT {columns} FROM {table} WHERE STATE <> 'SCHEDULED'").rows
    return sorted(rows, key=lambda row: (str(row[6]), str(row[4])))


def since(account: LocalAccount, ran: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The runs of tasks that are not among those that `ran` before."""
    return [row for row in history(account) if row not in ran]


def states(account: LocalAccount) -> dict[str, str]:
    rows = account.session().execute("SHOW TASKS IN DATABASE D").dicts()
    return {str(row["name"]): str(row["state"]) for row in rows}


def switched(sent: list[str]) -> list[str]:
    """The statements that suspend or resume anything."""
    return [sql for sql in sent if sql.endswith((" SUSPEND", " RESUME"))]


ONE_WINDOW = ["ALTER TASK D.RAW.ROOT SUSPEND", "ALTER TASK D.RAW.ROOT RESUME"]


def test_three_of_ten_tasks_are_changed_in_one_window(account: LocalAccount) -> None:
    before, ran = stands(account, besides=tuple(THREE)), history(account)
    ids = {row["name"]: (row["id"], row["created_on"]) for row in tasks(account)}
    assert len(ran) == len(LINKS)
    sent = applied(account, project(THREE))
    assert switched(sent) == ONE_WINDOW
    assert [sent[0], sent[-1]] == ONE_WINDOW
    assert sorted(sql.split()[2] for sql in sent[1:-1]) == ["D.RAW.A2", "D.RAW.C1", "D.RAW.D"]
    assert all(sql.startswith("ALTER TASK ") for sql in sent)
    assert stands(account, besides=tuple(THREE)) == before
    assert {row["name"]: (row["id"], row["created_on"]) for row in tasks(account)} == ids
    assert set(states(account).values()) == {"started"}
    assert history(account) == ran
    assert deploy.plan(project(THREE), account.session()).actions == ()
    account.tick(START + timedelta(days=1, hours=2))
    texts = {row[0]: row[2] for row in since(account, ran)}
    assert texts == BODIES | THREE


def tasks(account: LocalAccount) -> list[dict[str, object]]:
    return account.session().execute("SHOW TASKS IN DATABASE D").dicts()


class Held:
    """A run that has come to a task, and goes on when it is let."""

    def __init__(self, account: LocalAccount, name: str) -> None:
        self.reached, self.free, self.name = threading.Event(), threading.Event(), name
        account.watch(self._step)
        account.session().execute("EXECUTE TASK D.RAW.ROOT")
        account.scheduler.wake()
        assert self.reached.wait(20)

    def _step(self, task: str, *_: object) -> None:
        if task.rsplit(".", maxsplit=1)[-1] == self.name:
            self.reached.set()
            assert self.free.wait(20)


@pytest.mark.parametrize("in_flight", ["wait", "cancel", "proceed"])
def test_texts_change_under_a_run_that_keeps_its_version(account: LocalAccount, in_flight: str) -> None:
    """What a run has pinned needs no policy: it is neither waited for nor cancelled."""
    ran = history(account)
    held = Held(account, "ROOT")
    sent = applied(account, project(THREE), deploy.Options(policy=Policy(in_flight=in_flight)))
    assert switched(sent) == ONE_WINDOW
    held.free.set()
    account.settle()
    later = since(account, ran)
    assert {row[0]: (row[1], row[2]) for row in later} == {
        name: ("SUCCEEDED", text) for name, text in BODIES.items() if name != "OTHER"
    }
    assert set(states(account).values()) == {"started"}


WIDER = HEAD.replace("varchar(10)", "varchar(20)")


def test_a_table_changes_when_the_run_under_way_has_ended(account: LocalAccount) -> None:
    ran = history(account)
    held = Held(account, "C1")
    plan = deploy.plan(project(THREE, head=WIDER), account.session())
    recording = Recording(account)
    for outcome in deploy.apply(plan, recording):
        assert outcome.status in {"running", "done"}
        if outcome.action.verb == "wait" and outcome.status == "running":
            assert not any(" T " in sql or ".T " in sql for sql in recording.sent if sql.startswith("ALTER TABLE"))
            held.free.set()
    assert [sql for sql in switched(recording.sent) if "TASK" in sql] == ONE_WINDOW
    later = since(account, ran)
    assert {row[1] for row in later} == {"SUCCEEDED"}
    assert {row[0] for row in later} == LINKS.keys() - {"OTHER"}


def test_a_run_under_way_is_cancelled_where_the_policy_and_the_user_say_so(account: LocalAccount) -> None:
    long = "begin let i number := 0; while (i < 4000) do select count(*) from RAW.T; i := i + 1; end while; end"
    applied(account, project({"C1": long}))
    ran = history(account)
    reached = threading.Event()
    account.watch(lambda task, *_: reached.set() if task.endswith("C1") else None)
    account.session().execute("EXECUTE TASK D.RAW.ROOT")
    account.scheduler.wake()
    assert reached.wait(20)
    policy = Policy(in_flight="cancel")
    plan = deploy.plan(project(THREE, head=WIDER), account.session(), deploy.Options(policy=policy))
    assert [h.consent for h in deploy.not_allowed(plan, ())] == ["cancels-run"]
    recording = Recording(account)
    done(plan, recording, policy)
    assert [sql for sql in switched(recording.sent) if "TASK" in sql] == ONE_WINDOW
    account.settle()
    assert {row[0]: row[1] for row in since(account, ran)}["C1"] == "CANCELLED"
    assert set(states(account).values()) == {"started"}


def test_a_table_changes_under_a_run_that_may_proceed(account: LocalAccount) -> None:
    held = Held(account, "B2")
    sent = applied(account, project(THREE, head=WIDER), deploy.Options(policy=Policy(in_flight="proceed")))
    assert switched(sent) == ONE_WINDOW
    assert not held.free.is_set()  # and yet the deployment is over
    held.free.set()
    account.settle()
    assert set(states(account).values()) == {"started"}


def test_a_procedure_of_the_graph_changes_its_signature(account: LocalAccount) -> None:
    """Another signature is another procedure: the caller changes between its creation and the end of the old one."""
    head = HEAD.replace("RAW.P() returns", "RAW.P(N number) returns")
    wanted = project({"B1": "call RAW.P(1)"}, head=head)
    before, ran = stands(account, besides=("B1",)), history(account)
    sent = applied(account, wanted)
    assert switched(sent) == ONE_WINDOW
    assert [" ".join(sql.split()[:3]) for sql in sent if "P(" in sql] == [
        "CREATE PROCEDURE D.RAW.P(N", "ALTER TASK D.RAW.B1", "DROP PROCEDURE D.RAW.P()",
    ]  # fmt: skip
    where = {sql: i for i, sql in enumerate(sent)}
    drop = next(i for sql, i in where.items() if sql.startswith("DROP PROCEDURE"))
    assert where[ONE_WINDOW[0]] < drop < where[ONE_WINDOW[1]]
    assert stands(account, besides=("B1",)) == before
    assert history(account) == ran
    account.tick(START + timedelta(days=1, hours=2))
    assert {row[1] for row in history(account)} == {"SUCCEEDED"}


def test_a_root_that_somebody_suspended_stays_so_until_resume_names_it(account: LocalAccount) -> None:
    session = account.session()
    session.execute("ALTER TASK D.RAW.ROOT SUSPEND")
    before = stands(account, besides=tuple(THREE))
    plan = deploy.plan(project(THREE), session)
    assert [n for n in plan.notes if "by somebody" in n and "`apply --resume RAW.ROOT` lifts it" in n]
    assert switched(applied(account, project(THREE))) == []
    assert stands(account, besides=tuple(THREE)) == before
    assert states(account)["ROOT"] == "suspended"
    resume = deploy.Options(resume=deploy.task_keys(project(THREE), ["RAW.ROOT"]))
    assert applied(account, project(THREE), resume) == ["ALTER TASK D.RAW.ROOT RESUME"]
    assert set(states(account).values()) == {"started"}


@pytest.mark.parametrize("child", ["A1", "A2"], ids=["untouched", "changed"])
def test_a_child_that_somebody_suspended_stays_so(account: LocalAccount, child: str) -> None:
    session = account.session()
    for sql in ("ROOT SUSPEND", f"{child} SUSPEND", "ROOT RESUME"):
        session.execute(f"ALTER TASK D.RAW.{sql}")
    plan = deploy.plan(project(THREE), session)
    assert [n for n in plan.notes if f"task RAW.{child} is suspended" in n and "by somebody" in n]
    assert switched(applied(account, project(THREE))) == ONE_WINDOW
    assert {name for name, state in states(account).items() if state == "suspended"} == {child}
    resume = deploy.Options(resume=deploy.task_keys(project(THREE), [child]))
    sent = switched(applied(account, project(THREE), resume))
    assert sent == [ONE_WINDOW[0], f"ALTER TASK D.RAW.{child} RESUME", ONE_WINDOW[1]]
    assert set(states(account).values()) == {"started"}


def test_a_graph_that_snowflake_suspended_after_ten_failures_stays_so(account: LocalAccount) -> None:
    session = account.session()
    broken = {"A1": "select * from RAW.NO_SUCH_TABLE"}
    session.execute("ALTER TASK D.RAW.ROOT SUSPEND")
    session.execute(f"ALTER TASK D.RAW.A1 MODIFY AS {broken['A1']}")
    session.execute("ALTER TASK D.RAW.ROOT RESUME")
    account.tick(START + timedelta(days=12))
    root = next(row for row in tasks(account) if row["name"] == "ROOT")
    assert (root["state"], root["last_suspended_reason"]) == ("suspended", "SUSPENDED_DUE_TO_ERRORS")
    plan = deploy.plan(project(THREE), session)
    assert [n for n in plan.notes if "RAW.ROOT is suspended" in n and "after repeated failures" in n]
    assert switched(applied(account, project(THREE))) == []
    assert states(account)["ROOT"] == "suspended"
    again = deploy.plan(project(THREE), session)
    assert [n for n in again.notes if "after repeated failures" in n]
    resume = deploy.Options(resume=deploy.task_keys(project(THREE), ["RAW.ROOT"]))
    assert applied(account, project(THREE), resume) == ["ALTER TASK D.RAW.ROOT RESUME"]


def test_the_finalizer_moves_to_another_graph(account: LocalAccount) -> None:
    wanted = project(THREE, links={"LAST": "finalize = RAW.OTHER"})
    ids, ran = {row["name"]: row["id"] for row in tasks(account)}, history(account)
    grants = account.session().execute("SHOW GRANTS ON TASK D.RAW.LAST").rows
    sent = applied(account, wanted)
    assert sorted(switched(sent)) == sorted(
        [*ONE_WINDOW, "ALTER TASK D.RAW.OTHER SUSPEND", "ALTER TASK D.RAW.OTHER RESUME"]
    )
    assert {row["name"]: row["id"] for row in tasks(account)} == ids
    assert account.session().execute("SHOW GRANTS ON TASK D.RAW.LAST").rows == grants
    assert history(account) == ran
    assert set(states(account).values()) == {"started"}
    account.tick(START + timedelta(days=1, hours=2))
    assert {row[0]: row[1] for row in since(account, ran)} == dict.fromkeys(LINKS, "SUCCEEDED")
    last = next(row for row in tasks(account) if row["name"] == "LAST")
    assert "OTHER" in str(last["task_relations"])


def test_the_finalizer_moves_to_another_task(account: LocalAccount) -> None:
    """A new task takes over as the finalizer and the old one becomes an ordinary member: one window of the root."""
    links = {"LAST": "after RAW.D", "NEXT": "finalize = RAW.ROOT"}
    wanted = project({**THREE, "NEXT": "select 9"}, links=links)
    sent = applied(account, wanted)
    assert [sql for sql in switched(sent) if ".ROOT " in sql] == ONE_WINDOW
    assert set(states(account).values()) == {"started"}
    assert deploy.plan(wanted, account.session()).actions == ()
    ran = history(account)
    account.tick(START + timedelta(days=1, hours=2))
    assert {row[0] for row in since(account, ran)} == {*LINKS, "NEXT"}


@pytest.mark.parametrize("gone", ["link", "task"])
def test_one_of_two_predecessors_goes(account: LocalAccount, gone: str) -> None:
    links = dict(LINKS) | {"B1": "after RAW.A2"}
    wanted = project(THREE, links=links)
    if gone == "task":
        kept = tuple(t for t in wanted.objects if t.key.name.last != "A1")
        wanted = replace(wanted, objects=kept)
    besides = (*THREE, "B1", "A1")
    before, ran = stands(account, besides=besides), history(account)
    sent = applied(account, wanted, deploy.Options())
    assert switched(sent) == ONE_WINDOW
    assert stands(account, besides=besides) == before
    assert history(account) == ran
    b1 = next(row for row in tasks(account) if row["name"] == "B1")
    assert "A2" in str(b1["predecessors"])
    assert "A1" not in str(b1["predecessors"])
    assert set(states(account).values()) == {"started"}
    assert ("A1" in states(account)) == (gone == "link")
    account.tick(START + timedelta(days=1, hours=2))
    assert {row[1] for row in history(account)} == {"SUCCEEDED"}
