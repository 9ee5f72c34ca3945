"""Windows of started graphs: runs under way are waited for, missed times are run, a crash is undone by the next apply."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, deployment
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.errors import LockedError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Action, Outcome, Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.record.lease import Lease
from snowpipe_deploy.templates import plain

SLOW = "begin let i number := 0; while (i < {turns}) do select count(*) from RAW.T; i := i + 1; end while; end"
TEXT = """
create schema RAW;
create table RAW.T (NAME varchar(10));
create task RAW.ROOT warehouse = W schedule = 'using cron * * * * * UTC' as {body};
"""


def project(turns: int, size: int = 10) -> Project:
    text = TEXT.format(body=SLOW.format(turns=turns)).replace("varchar(10)", f"varchar({size})")
    return from_texts("p", Scope("D"), [plain("p.sql", text)])


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    account = LocalAccount(tmp_path / "account", now=datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC))
    account.shared.clock.frozen = True
    yield account
    account.close()


def applied(account: LocalAccount, wanted: Project, policy: Policy = Policy()) -> dict[str, str]:  # noqa: B008 - frozen
    plan = deploy.plan(wanted, account.session(), deploy.Options(policy=policy))
    found = {}
    for outcome in deploy.apply(plan, account, policy=policy):
        found[outcome.action.id] = outcome.status
        if outcome.action.id == "suspend task RAW.ROOT" and outcome.status == "done":
            account.shared.clock.move(account.shared.clock.now() + timedelta(minutes=2))
    return found


def state(account: LocalAccount) -> str:
    root = account.shared.catalog.find("TASK", ObjectName(("D", "RAW", "ROOT")))
    assert root is not None
    return str(root.properties["state"])


def test_a_run_under_way_is_waited_for_and_a_missed_time_is_run(account: LocalAccount) -> None:
    applied(account, project(200))
    session = account.session()
    session.execute("EXECUTE TASK D.RAW.ROOT")
    found = applied(account, project(200, size=20))
    assert set(found.values()) == {"done"}
    while account.scheduler.active:
        time.sleep(0.01)
    runs = session.execute(
        "SELECT STATE, SCHEDULED_FROM FROM TABLE(D.INFORMATION_SCHEMA.TASK_HISTORY()) WHERE STATE <> 'SCHEDULED'"
    ).rows
    assert runs == (("SUCCEEDED", "EXECUTE_TASK"), ("SUCCEEDED", "EXECUTE_TASK"))
    assert state(account) == "started"


def test_when_patience_ends_nothing_was_changed_and_the_root_is_started(account: LocalAccount) -> None:
    applied(account, project(400))
    account.session().execute("EXECUTE TASK D.RAW.ROOT")
    found = applied(account, project(400, size=20), Policy(in_flight_timeout=0, missed_run="skip"))
    assert found == {
        "suspend task RAW.ROOT": "done", "wait for runs of task RAW.ROOT": "failed", "alter table RAW.T": "skipped",
        "resume task RAW.ROOT": "done",
    }  # fmt: skip
    assert state(account) == "started"
    assert [a.id for a in deploy.plan(project(400, size=20), account.session()).actions][2] == "alter table RAW.T"


def test_runs_that_may_proceed_are_not_waited_for(account: LocalAccount) -> None:
    applied(account, project(1))
    plan = deploy.plan(project(1, size=20), account.session(), deploy.Options(policy=Policy(in_flight="proceed")))
    assert [a.id for a in plan.actions] == ["suspend task RAW.ROOT", "alter table RAW.T", "resume task RAW.ROOT"]


def test_the_next_apply_resumes_what_a_crash_left_suspended(
    account: LocalAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied(account, project(1))
    plan = deploy.plan(project(2), account.session())

    def crashing(actions: tuple[Action, ...], perform: object, *_: object) -> Iterator[Outcome]:
        for action in actions[:1]:  # the process dies after the SUSPEND: nothing undoes it
            yield perform(action)  # type: ignore[operator]
        raise SystemExit

    monkeypatch.setattr(deployment, "execute", crashing)
    monkeypatch.setattr(deployment, "_end", lambda *_, **__: None)
    with pytest.raises(SystemExit):
        list(deploy.apply(plan, account))
    monkeypatch.undo()
    assert state(account) == "suspended"
    again = deploy.plan(project(2), account.session())
    assert [a.id for a in again.actions] == ["alter task RAW.ROOT", "resume task RAW.ROOT"]
    assert again.actions[1].reasons == ("a deployment of ours suspended it and was cut short",)
    account.session().execute("UPDATE D.SNOWDEPLOY.LEASE SET HOLDER = ''")
    applied(account, project(2))
    assert state(account) == "started"


def test_tasks_that_a_failed_deployment_did_not_start_are_started_by_the_next(account: LocalAccount) -> None:
    text = TEXT.format(body="select 1") + "create view RAW.V as select NAME from RAW.T where NAME = {};"
    task = "create task RAW.USER warehouse = W after RAW.ROOT as select * from RAW.V;"
    both = [
        from_texts("p", Scope("D"), [plain("p.sql", t + task)])
        for t in (text.format("NO_SUCH_COLUMN"), text.format("'x'"))
    ]
    found = applied(account, both[0])
    assert found["create view RAW.V"] == "failed"
    assert found["resume task RAW.ROOT"] == "skipped"
    applied(account, both[1])
    assert state(account) == "started"
    assert [a.id for a in deploy.plan(both[1], account.session()).actions] == []


def test_a_second_deployment_is_locked_out(account: LocalAccount) -> None:
    applied(account, project(1))
    session = account.session()
    held = Lease(Scope("D"), "p", "other", 60)
    held.take(session, "somebody@elsewhere")
    plan = deploy.plan(project(2), account.session())
    with pytest.raises(LockedError, match=r"somebody@elsewhere, since .* until"):
        list(deploy.apply(plan, account))
    assert all(o.status in {"running", "done"} for o in deploy.apply(plan, account, force=True))
    held.renew(session)
    assert not held.is_held


def test_a_clone_ignores_what_was_observed_in_the_original(account: LocalAccount) -> None:
    applied(account, project(1))
    session = account.session()
    session.execute("USE DATABASE D")
    session.execute("UPDATE D.SNOWDEPLOY.DEPLOYMENTS SET HOME = 'another'")
    assert any("clone" in note for note in deploy.plan(project(1), session).notes)


def test_an_older_commit_needs_consent(account: LocalAccount) -> None:
    first = deploy.plan(project(1), account.session())
    list(deploy.apply(first, account, commit="abc"))
    plan = deploy.plan(project(2), account.session(), deploy.Options(is_ancestor=lambda commit: commit != "abc"))
    assert [h.type for h in deploy.not_allowed(plan, ())] == ["older-commit"]
    assert deploy.not_allowed(plan, ("older-commit",)) == []


def test_an_interval_that_begins_anew_is_said(account: LocalAccount) -> None:
    """Each RESUME restarts it (reference A.3): deployments more frequent than the interval could starve the graph."""
    texts = [
        TEXT.format(body=body).replace("using cron * * * * * UTC", "60 minutes") for body in ("select 1", "select 2")
    ]
    before, after = (from_texts("p", Scope("D"), [plain("p.sql", text)]) for text in texts)
    applied(account, before)
    resume = deploy.plan(after, account.session()).actions[-1]
    assert resume.reasons == ("the graph is complete again", "its interval of 3600 seconds begins anew")
