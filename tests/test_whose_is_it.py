"""A clone, a second project, an older checkout, a role that sees half, a record that was dropped: what a plan says then."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Plan, Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.templates import plain
from tests.recording import Recording

TEXT = """
create schema RAW;
create table RAW.T (ID number);
create view RAW.V as select ID from RAW.T;
create stream RAW.S on table RAW.T;
create procedure RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as call RAW.P();
create task RAW.A warehouse = W after RAW.ROOT as insert into RAW.T select 1;
"""


def project(text: str = TEXT, name: str = "p", database: str = "D") -> Project:
    return from_texts(name, Scope(database), [plain("p.sql", text)])


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    opened = LocalAccount(tmp_path / "account", asleep=True)
    done(deploy.plan(project(), opened.session()), opened)
    yield opened
    opened.close()


def done(plan: Plan, account: LocalAccount | Recording) -> None:
    assert [f.message for f in plan.findings if f.severity == "error"] == []
    assert [(o.action.id, o.detail) for o in deploy.apply(plan, account) if o.status not in {"running", "done"}] == []


def steps(plan: Plan) -> set[tuple[str, str]]:
    return {(a.verb, str(a.key)) for a in plan.actions}


def messages(plan: Plan) -> list[str]:
    return [f.message for f in plan.findings]


def test_a_clone_is_deployed_anew_and_the_original_is_never_named(account: LocalAccount) -> None:
    """Also with the lease of the original in it, as of a clone that was made while a deployment was under way."""
    session = account.session()
    session.execute(
        "UPDATE D.SNOWDEPLOY.LEASE SET HOLDER = (SELECT MAX(DEPLOYMENT) FROM D.SNOWDEPLOY.DEPLOYMENTS), WHO = 'somebody@elsewhere', EXPIRES_AT = DATEADD('hour', 1, CURRENT_TIMESTAMP())"
    )
    session.execute("CREATE DATABASE D2 CLONE D")
    recording = Recording(account)
    wanted = project(TEXT.replace("(ID number)", "(ID number, NAME varchar)"), database="D2")
    plan = deploy.plan(wanted, recording.session())
    assert [n for n in plan.notes if "this one is a clone or was restored" in n]
    assert {verb for verb, _ in steps(plan)} <= {"adopt", "alter", "suspend", "wait", "resume"}
    assert ("alter", "table RAW.T") in steps(plan)
    assert plan.drift == ()
    done(plan, recording)
    original = re.compile(r"\bD\.(RAW|SNOWDEPLOY)\b|DATABASE D\b")
    assert [sql for sql in recording.sent if original.search(sql)] == []
    second = deploy.plan(wanted, session)
    assert {verb for verb, _ in steps(second)} <= {"resume"}  # the tasks of a clone are suspended
    done(second, recording)
    assert [sql for sql in recording.sent if original.search(sql)] == []
    assert deploy.plan(wanted, session).actions == ()
    assert [n for n in deploy.plan(project(), session).notes if "clone" in n] == []
    assert deploy.plan(project(), session).actions == ()
    assert not any("clone" in n for n in deploy.plan(wanted, session).notes)


def test_a_teardown_of_a_clone_leaves_the_original_as_it_is(account: LocalAccount) -> None:
    account.session().execute("CREATE DATABASE D2 CLONE D")
    recording = Recording(account)
    plan = deploy.teardown(project(database="D2"), recording.session())
    for outcome in deploy.apply(plan, recording, keep_record=False):
        assert outcome.status in {"running", "done"}, outcome.detail
    assert [sql for sql in recording.sent if sql.startswith("DROP") and "D2" not in sql] == []
    assert deploy.plan(project(), account.session()).actions == ()


SECOND = "create schema OTHER; create table OTHER.T (ID number);"


def test_a_second_project_keeps_a_record_of_its_own(account: LocalAccount) -> None:
    session = account.session()
    done(deploy.plan(project(SECOND, "q"), session), account)
    assert deploy.plan(project(), session).actions == ()
    assert deploy.plan(project(SECOND, "q"), session).actions == ()
    assert {str(key) for _, key in steps(deploy.teardown(project(SECOND, "q"), session))} == {
        "schema OTHER", "table OTHER.T",
    }  # fmt: skip
    assert len(deploy.history(project(), session)) == len(deploy.history(project(SECOND, "q"), session)) == 1


def test_what_another_project_deployed_is_neither_changed_nor_dropped(account: LocalAccount) -> None:
    session = account.session()
    wanted = project("create schema RAW; create table RAW.T (ID number, MORE number);", "q")
    plan = deploy.plan(wanted, session)
    assert plan.actions == ()
    assert messages(plan) == [f"{key} was deployed by project p" for key in ("schema RAW", "table RAW.T")]
    assert all("adopt" in f.hint and "--from p" in f.hint for f in plan.findings)
    session.execute("CREATE TABLE D.RAW.NOBODYS (ID NUMBER)")
    plan = deploy.plan(project("create table RAW.NOBODYS (ID number, MORE number);", "q"), session)
    assert plan.actions == ()
    assert ["exists, but this project did not deploy it" in m for m in messages(plan)] == [True]


def test_a_schema_that_holds_the_objects_of_another_project_is_not_dropped(account: LocalAccount) -> None:
    session = account.session()
    done(deploy.plan(project("create table RAW.THEIRS (ID number);", "q"), session), account)
    done(deploy.teardown(project(), session), account)
    assert [row["name"] for row in session.execute("SHOW TABLES IN SCHEMA D.RAW").dicts()] == ["THEIRS"]
    assert deploy.plan(project("create table RAW.THEIRS (ID number);", "q"), session).actions == ()


def test_an_older_checkout_undoes_nothing_unasked(account: LocalAccount) -> None:
    session = account.session()
    newer = project(TEXT + "create view RAW.NEWER as select 1 as ONE;")
    for outcome in deploy.apply(deploy.plan(newer, session), account, commit="newer"):
        assert outcome.status in {"running", "done"}
    options = deploy.Options(is_ancestor=lambda commit: commit != "newer")
    plan = deploy.plan(project(), session, options)
    found = {h.type: h for h in deploy.not_allowed(plan, ())}
    assert found["older-commit"].tier == "destructive"
    assert "newer" in found["older-commit"].message
    assert deploy.not_allowed(plan, ("older-commit", "deletes-object")) == []
    assert deploy.plan(newer, session, options).actions == ()  # nothing to do needs no consent
    assert [h.type for h in deploy.not_allowed(deploy.plan(project(), session), ("deletes-object",))] == []


def test_a_role_that_sees_half_of_the_objects_makes_none_again(account: LocalAccount) -> None:
    session = account.session()
    session.execute("CREATE ROLE HALF")
    for grant in (
        "USAGE ON DATABASE D", "USAGE ON SCHEMA D.RAW", "CREATE TABLE ON SCHEMA D.RAW", "USAGE ON SCHEMA D.SNOWDEPLOY",
        "SELECT ON TABLE D.RAW.T", "SELECT ON VIEW D.RAW.V",
        *(f"SELECT ON TABLE D.SNOWDEPLOY.{t}" for t in ("RECORD", "JOURNAL", "DEPLOYMENTS", "LEASE")),
    ):  # fmt: skip
        session.execute(f"GRANT {grant} TO ROLE HALF")
    limited = Recording(account, role="HALF").session()
    plan = deploy.plan(project(), limited)
    assert plan.actions == ()
    hidden = {"stream RAW.S", "procedure RAW.P()", "task RAW.ROOT", "task RAW.A"}
    assert {m.split(" was deployed by ")[0] for m in messages(plan)} == hidden
    assert all("is not visible to role HALF" in m for m in messages(plan))
    fewer = project("create schema RAW; create table RAW.T (ID number);")
    plan = deploy.plan(fewer, limited)
    assert steps(plan) == {("drop", "view RAW.V")}
    assert {n.split(" is no longer")[0] for n in plan.notes} == hidden
    assert all("gone or not visible to role HALF" in n for n in plan.notes)


def test_a_role_that_may_only_read_plans(account: LocalAccount) -> None:
    """A plan makes nothing: neither where there is a record nor where there is none."""
    recording = Recording(account)
    deploy.plan(project(TEXT.replace("select 1", "select 2")), recording.session())
    deploy.plan(project(database="NOWHERE"), recording.session())
    assert {sql.split()[0] for sql in recording.sent} <= {"SELECT", "SHOW"}


def test_without_its_record_nothing_is_made_again_or_replaced(account: LocalAccount) -> None:
    """All is nobody's: what can be compared and is the same is taken over, the rest is left to `adopt`."""
    session = account.session()
    session.execute("DROP SCHEMA D.SNOWDEPLOY")
    plan = deploy.plan(project(), session)
    assert {verb for verb, _ in steps(plan)} <= {"adopt"}
    taken, left = {key for _, key in steps(plan)}, messages(plan)
    assert {"schema RAW", "table RAW.T"} <= taken
    assert all("exists, but this project did not deploy it" in m for m in left)
    assert len(taken) + len(left) == len(project().objects)
    changed = deploy.plan(project(TEXT.replace("(ID number)", "(ID number, MORE number)")), session)
    assert [m for m in messages(changed) if m.startswith("table RAW.T exists")]
    done(deploy.adopt(project(), session, deploy.Options()), account)
    assert deploy.plan(project(), session).actions == ()


def test_a_record_that_is_spelled_otherwise_makes_no_plan(account: LocalAccount) -> None:
    """What an older version wrote is read by today's reader: other spellings, and facts that it did not know."""
    session = account.session()
    older = {
        "T": "CREATE OR REPLACE TABLE raw.t (id NUMERIC(38, 0)) -- as it was",
        "V": "create or replace view RAW.V as select ID from RAW.T;",
    }
    for name, text in older.items():
        session.execute(f"UPDATE D.SNOWDEPLOY.RECORD SET TEXT = '{text}', FACTS = '{{}}' WHERE NAME = 'RAW.{name}'")
    plan = deploy.plan(project(), session)
    assert (plan.actions, plan.findings, plan.notes, plan.drift) == ((), (), (), ())
