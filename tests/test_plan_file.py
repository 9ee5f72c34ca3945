"""A plan that was written down: it comes back equal, and is done only where nothing moved."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.errors import RefusedError, UsageError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Plan, Project, Scope
from snowpipe_deploy.plan_file import moved, read, refuse_if_moved, written
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Session
from snowpipe_deploy.templates import plain

TABLES = "CREATE SCHEMA RAW;\nCREATE TABLE RAW.T (A NUMBER);\nCREATE TABLE RAW.U (A NUMBER);\n"
VIEW = "CREATE VIEW RAW.V AS SELECT A FROM RAW.T;\n"


def project(**files: str) -> Project:
    return from_texts("p", Scope("DB"), [plain(f"sql/{name}.sql", text) for name, text in files.items()])


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    opened = LocalAccount(tmp_path / "account")
    opened.session().execute("CREATE DATABASE DB")
    yield opened
    opened.close()


def deployed(account: LocalAccount, wanted: Project) -> Session:
    session = account.session()
    assert {o.status for o in deploy.apply(deploy.plan(wanted, session), account)} <= {"running", "done"}
    return session


def test_a_plan_of_the_same_files_and_account_is_the_same(account: LocalAccount) -> None:
    session = deployed(account, project(tables=TABLES))
    wanted = project(tables=TABLES, view=VIEW)
    saved = read(written(deploy.plan(wanted, session)), "plan.json")
    assert [a.id for a in saved.actions] == ["create view RAW.V"]
    fresh = deploy.plan(wanted, session)
    assert moved(saved, fresh) == ()
    refuse_if_moved(saved, fresh, "plan.json")


def test_what_moved_is_named(account: LocalAccount) -> None:
    session = deployed(account, project(tables=TABLES))
    saved = deploy.plan(project(tables=TABLES, view=VIEW), session)
    session.execute("ALTER TABLE DB.RAW.T ADD COLUMN B NUMBER")
    session.execute("DROP TABLE DB.RAW.U")
    session.execute("CREATE VIEW DB.RAW.V AS SELECT 1 AS A")
    wanted = project(tables=TABLES, view=VIEW.replace("SELECT A", "SELECT A + 1 AS A"), more="CREATE SCHEMA MORE;")
    assert moved(saved, deploy.plan(wanted, session)) == (
        "table RAW.T changed in the account",
        "table RAW.U gone from the account",
        "view RAW.V added in the account",
        "file sql/more.sql is new",
        "file sql/view.sql gives other SQL",
    )
    with pytest.raises(RefusedError, match=r"table RAW\.U gone from the account") as refused:
        refuse_if_moved(saved, deploy.plan(wanted, session), "plan.json")
    assert refused.value.code == 4


def test_what_others_do_is_not_the_plans(account: LocalAccount) -> None:
    session = deployed(account, project(tables=TABLES))
    wanted = project(tables=TABLES, view=VIEW)
    saved = deploy.plan(wanted, session)
    session.execute("CREATE TABLE DB.RAW.THEIRS (A NUMBER)")
    assert moved(saved, deploy.plan(wanted, session)) == ()


def test_another_deployment_is_named(account: LocalAccount) -> None:
    session = deployed(account, project(tables=TABLES))
    wanted = project(tables=TABLES, view=VIEW)
    saved = deploy.plan(wanted, session)
    deployed(account, wanted)
    first, *rest = moved(saved, deploy.plan(wanted, session))
    assert first.startswith("deployment ")
    assert first.endswith(f" came after {saved.deployment}")
    assert rest == ["view RAW.V added in the account"]


def test_another_policy_gives_another_plan(account: LocalAccount) -> None:
    """Neither account nor files moved, and yet what would be done is not what was looked at."""
    session = account.session()
    wanted = project(tables=TABLES)
    saved = deploy.plan(wanted, session)
    fewer = deploy.plan(project(tables=TABLES), session, deploy.Options(is_ancestor=lambda _: False))
    assert moved(saved, fewer) == ()  # nothing was deployed before
    changed = read(written(saved).replace("CREATE TABLE DB.RAW.T", "CREATE TRANSIENT TABLE DB.RAW.T"), "plan.json")
    assert moved(changed, fewer) == ("step 'create table RAW.T' is planned otherwise",)


def test_a_database_that_was_made_again_is_another(account: LocalAccount) -> None:
    wanted = project(tables=TABLES)
    session = account.session()
    saved = deploy.plan(wanted, session)
    session.execute("DROP DATABASE DB")
    assert moved(saved, deploy.plan(wanted, session)) == ("database DB was dropped",)
    session.execute("CREATE DATABASE DB")
    assert moved(saved, deploy.plan(wanted, session)) == ("database DB is another one than the planned one",)


def damaged(plan: Plan) -> Iterator[tuple[str, str]]:
    """Texts that are no plan, and a word of what is said of each."""
    whole = json.loads(written(plan))
    yield "", "not a plan"
    yield "[]", "not a plan"
    yield "{}", "not a plan"
    yield written(plan)[:-20], "not a plan"
    yield json.dumps({**whole, "version": 99}), "a plan of version 99"
    for key in whole.keys() - {"version"}:
        yield json.dumps({k: v for k, v in whole.items() if k != key}), f"'{key}' is missing"
    yield json.dumps({**whole, "fingerprints": {**whole["fingerprints"], "files": {}}}), "fingerprints"
    step = whole["actions"][0]
    for key in step:
        yield json.dumps({**whole, "actions": [{k: v for k, v in step.items() if k != key}]}), f"'{key}' is missing"
    yield json.dumps({**whole, "actions": [{**step, "verb": "destroy"}]}), "'destroy' is no verb"
    yield json.dumps({**whole, "actions": [step, step]}), "duplicate"
    yield json.dumps({**whole, "actions": [7]}), "not a plan"
    yield json.dumps({**whole, "project": None}), "project is no text"


def test_what_is_no_plan_is_said(account: LocalAccount) -> None:
    plan = deploy.plan(project(tables=TABLES), account.session())
    for text, word in damaged(plan):
        with pytest.raises(UsageError) as said:
            read(text, "plan.json")
        assert word in str(said.value)
        assert said.value.where is not None


@pytest.mark.parametrize(("key", "word"), [("project", "project other"), ("environment", "environment other")])
def test_a_plan_of_something_else_is_told(account: LocalAccount, key: str, word: str) -> None:
    plan = deploy.plan(project(tables=TABLES), account.session())
    other = read(json.dumps({**json.loads(written(plan)), key: "other"}), "plan.json")
    with pytest.raises(UsageError, match=f"this is a plan of {word}, not of"):
        refuse_if_moved(other, plan, "plan.json")
