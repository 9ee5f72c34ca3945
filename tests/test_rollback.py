"""The way back: the record as it stood after each deployment, and its texts as an ordinary plan."""

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.errors import RefusedError, UsageError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from tests.test_deploy_cases import apply, described, project

FIRST = """
create schema RAW;
create table RAW.T (ID number) comment = 'one';
create table RAW.OLD (ID number);
create view RAW.V as select ID from RAW.T;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
"""
SECOND = """
create schema RAW;
create table RAW.T (ID number, NAME varchar) comment = 'two';
create view RAW.V as select ID, NAME from RAW.T;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 2;
create procedure RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
insert into RAW.T select 1, 'a';
"""
THIRD = SECOND.replace("'two'", "'three'")
NOTHING = Project("case", Scope("CASE_DB"))


def test_every_deployment_can_be_gone_back_to(account: LocalAccount) -> None:
    """Three deployments; then each plan of the past is empty against a database that was just brought there."""
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    for text in (FIRST, SECOND, THIRD):
        apply(deploy.plan(project(text), session), account)
    third, second, first = (d.id for d in deploy.history(NOTHING, session))
    assert deploy.rollback(NOTHING, session, third)[0].actions == ()
    plan, _ = deploy.rollback(NOTHING, session, second)
    assert described(plan) == ("alter table RAW.T",)
    plan, _ = deploy.rollback(NOTHING, session, first)
    assert described(plan) == (
        "note: 1 script ran since; what they did stays",
        "note: table RAW.OLD was dropped since, and comes back empty",
        "suspend task RAW.ROOT",
        "create table RAW.OLD",
        "alter table RAW.T ! deletes-data:RAW.T.NAME",
        "alter view RAW.V",
        "alter task RAW.ROOT",
        "create task RAW.A",
        "drop procedure RAW.P() ! deletes-object",
        "resume task RAW.A",
        "resume task RAW.ROOT",
    )
    with pytest.raises(RefusedError, match="deletes-data"):
        deploy.check_consent(plan, ["deletes-object"])
    apply(plan, account)
    assert [a.id for a in deploy.plan(project(FIRST), session).actions] == []
    assert deploy.rollback(NOTHING, session, first)[0].actions == ()
    tasks = session.execute("SHOW TASKS IN DATABASE CASE_DB").dicts()
    assert {(t["name"], t["state"]) for t in tasks} == {("ROOT", "started"), ("A", "started")}
    apply(deploy.rollback(NOTHING, session, third[:-1])[0], account)  # a beginning that is the only one will do
    assert [a.id for a in deploy.plan(project(THIRD), session).actions] == []


def test_no_such_deployment(account: LocalAccount) -> None:
    session = account.session()
    with pytest.raises(UsageError, match="is not there"):
        deploy.rollback(NOTHING, session, "x")
    session.execute("CREATE DATABASE CASE_DB")
    assert deploy.history(NOTHING, session) == ()
    apply(deploy.plan(project(FIRST), session), account)
    (only,) = deploy.history(NOTHING, session)
    assert (only.status, only.done, only.failed) == ("done", 8, 0)
    with pytest.raises(UsageError) as raised:
        deploy.rollback(NOTHING, session, "2020")
    assert only.id in (raised.value.hint or "")


def test_a_deployment_that_failed_says_what_it_had_done(account: LocalAccount) -> None:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    apply(deploy.plan(project(FIRST), session), account)
    broken = deploy.plan(project(FIRST + "create view RAW.X as select NOWHERE from RAW.T;"), session)
    assert "failed" in {o.status for o in deploy.apply(broken, account)}
    newest, first = deploy.history(NOTHING, session)
    assert (newest.status, newest.failed) == ("failed", 1)
    plan, _ = deploy.rollback(NOTHING, session, newest.id)
    assert plan.actions == ()
    assert "had done by then" in plan.notes[0]
    assert deploy.rollback(NOTHING, session, first.id)[0].actions == ()
