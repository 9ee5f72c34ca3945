"""Taking over what exists: from nobody, from another project, and as it is now."""

from dataclasses import replace

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.drift import described as drift_of
from snowpipe_deploy.errors import LockedError, UsageError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.session import Session
from tests.test_deploy_cases import apply, project

TEXT = """
create schema RAW;
create table RAW.T (ID number, NAME varchar(20)) comment = 'rows';
create procedure RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
"""
OPTIONS = deploy.Options()


@pytest.fixture
def session(account: LocalAccount) -> Session:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    return session


def ids(plan: deploy.Plan) -> list[str]:
    return [a.id for a in plan.actions]


def test_what_differs_is_changed_by_the_next_plan(session: Session, account: LocalAccount) -> None:
    for statement in (
        "create schema CASE_DB.RAW",
        "create table CASE_DB.RAW.T (ID number, NAME varchar(30), EXTRA date)",
        "create procedure CASE_DB.RAW.P() returns varchar language sql as $$ begin return 'x'; end $$",
        "create task CASE_DB.RAW.ROOT warehouse = OTHER schedule = '60 minutes' as select 1",
    ):
        session.execute(statement)
    wanted = project(TEXT)
    refused = deploy.plan(wanted, session)
    assert [f.object for f in refused.findings] == ["table RAW.T", "procedure RAW.P()", "task RAW.ROOT"]
    assert "snowdeploy adopt 'table RAW.T'" in refused.findings[0].hint
    plan = deploy.adopt(wanted, session, OPTIONS)
    assert ids(plan) == [
        "take over procedure RAW.P()",
        "take over schema RAW",
        "take over table RAW.T",
        "take over task RAW.ROOT",
    ]
    assert [a.sql for a in plan.actions] == [()] * 4
    assert "the body" in plan.actions[0].reasons[1]
    apply(plan, account)
    after = deploy.plan(wanted, session)
    assert [f"{d.key} {drift_of(d)} {d.undoable}" for d in after.drift] == [
        "table RAW.T column EXTRA was added False",
        "table RAW.T column NAME was VARCHAR(20), is TEXT(30) False",
        "table RAW.T comment was rows, is empty True",
        "task RAW.ROOT warehouse was W, is OTHER True",
    ]
    assert ids(after) == ["alter table RAW.T", "alter task RAW.ROOT"]
    apply(after, account)
    assert ids(deploy.plan(wanted, session)) == []
    (task,) = session.execute("SHOW TASKS IN DATABASE CASE_DB").dicts()
    assert (task["state"], task["warehouse"]) == ("suspended", "W")  # it was suspended when we came: theirs to start


def test_a_project_hands_over_to_another(session: Session, account: LocalAccount) -> None:
    other = replace(project(TEXT), name="other")
    apply(deploy.plan(other, session), account)
    session.execute("ALTER TABLE CASE_DB.RAW.T SET COMMENT = 'theirs'")
    ours = project(TEXT.replace("return 'x'", "return 'y'").replace("create task", "-- create task"))
    plan = deploy.plan(ours, session)
    assert len(plan.findings) == 3
    assert "--from other" in plan.findings[0].hint
    assert ids(deploy.adopt(ours, session, OPTIONS)) == []
    with pytest.raises(UsageError, match="deployed by project other"):
        deploy.adopt(ours, session, OPTIONS, ("RAW.T",))
    with pytest.raises(UsageError, match="has deployed nothing"):
        deploy.adopt(ours, session, OPTIONS, (), "nobody")
    apply(deploy.adopt(ours, session, OPTIONS, ("raw.t", "procedure *"), "other"), account)
    assert [f.object for f in deploy.plan(ours, session).findings] == ["schema RAW"]
    apply(deploy.adopt(ours, session, OPTIONS, (), "other"), account)
    after = deploy.plan(ours, session)
    assert ids(after) == ["alter table RAW.T", "alter procedure RAW.P()"]  # drift is not lost, and the text is known
    apply(after, account)
    assert ids(deploy.plan(ours, session)) == []
    # the other project keeps what it did not hand over, and no longer touches the rest
    assert len(deploy.plan(other, session).findings) == 3
    apply(deploy.teardown(other, session), account)
    assert [r["name"] for r in session.execute("SHOW TABLES IN SCHEMA CASE_DB.RAW").dicts()] == ["T"]


def test_no_handover_while_the_other_is_deploying(session: Session, account: LocalAccount) -> None:
    other = replace(project(TEXT), name="other")
    apply(deploy.plan(other, session), account)
    session.execute(
        "UPDATE CASE_DB.SNOWDEPLOY.LEASE SET HOLDER = 'x', WHO = 'somebody', EXPIRES_AT = DATEADD('hour', 1, CURRENT_TIMESTAMP())"
    )
    with pytest.raises(LockedError, match="somebody"):
        deploy.adopt(project(TEXT), session, OPTIONS, (), "other")


def test_what_drifted_is_taken_as_it_is(session: Session, account: LocalAccount) -> None:
    wanted = project(TEXT)
    apply(deploy.plan(wanted, session), account)
    session.execute("ALTER TABLE CASE_DB.RAW.T ALTER COLUMN NAME SET DATA TYPE VARCHAR(30)")
    assert [d.fact for d in deploy.drift(wanted, session).drift] == ["column NAME"]
    assert ids(deploy.adopt(wanted, session, OPTIONS)) == []
    apply(deploy.adopt(wanted, session, OPTIONS, ("table raw.t",)), account)
    assert deploy.drift(wanted, session).drift == ()
    assert ids(deploy.plan(wanted, session)) == []


def test_a_name_that_is_none(session: Session) -> None:
    with pytest.raises(UsageError) as raised:
        deploy.adopt(project(TEXT), session, OPTIONS, ("RAW.TT",))
    assert str(raised.value.hint).startswith("did you mean RAW.T or ")
