"""What the role lacks is found before anything is touched, and the GRANTs that are named are enough."""

import pytest

from snowpipe_deploy import deploy, plan_file, preflight
from snowpipe_deploy.cli._show.markdown import markdown
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.model import Finding
from tests.test_deploy_cases import project

TEXT = """
create schema RAW;
create table RAW.T (ID number);
create stream RAW.ST on table RAW.T;
create task RAW.A warehouse = WH schedule = '60 minutes' as insert into RAW.T select 1;
"""


@pytest.fixture
def session(account: LocalAccount) -> LocalSession:
    made = account.session()
    for sql in ("CREATE DATABASE CASE_DB", "CREATE ROLE WORKER", "CREATE ROLE OWNER", "CREATE WAREHOUSE WH"):
        made.execute(sql)
    return made


def found(text: str, session: LocalSession, role: str = "WORKER") -> list[Finding]:
    """The findings of the plan that ACCOUNTADMIN sees, as the role would do it."""
    session.execute("USE ROLE ACCOUNTADMIN")
    plan = deploy.plan(project(text), session)
    session.execute(f"USE ROLE {role}")
    findings = preflight.problems(plan, session, project(text))
    session.execute("USE ROLE ACCOUNTADMIN")
    return list(findings)


def said(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(f.name, f.hint) for f in findings if f.severity == "error"}


def test_all_that_is_missing_is_said_at_once(session: LocalSession) -> None:
    findings = found(TEXT, session)
    assert said(findings) == {
        ("missing-privilege", "GRANT USAGE ON DATABASE CASE_DB TO ROLE WORKER"),
        ("missing-privilege", "GRANT CREATE SCHEMA ON DATABASE CASE_DB TO ROLE WORKER"),
        ("missing-privilege", "GRANT EXECUTE TASK ON ACCOUNT TO ROLE WORKER"),
    }
    session.execute("CREATE WAREHOUSE OTHER")
    session.execute("GRANT USAGE ON WAREHOUSE OTHER TO ROLE WORKER")
    assert ("missing-object", "make it, or GRANT USAGE ON WAREHOUSE WH TO ROLE WORKER") in said(found(TEXT, session))
    assert any(f.severity == "info" and f.message.startswith("not checked: ") for f in findings)
    where = next(f.where for f in findings if "EXECUTE TASK" in f.hint)
    assert (where.path, where.line) == ("case.sql", 5)


def test_the_grants_that_it_names_are_enough(session: LocalSession, account: LocalAccount) -> None:
    session.execute("CREATE WAREHOUSE OTHER")
    session.execute("GRANT MONITOR ON WAREHOUSE WH TO ROLE WORKER")
    for finding in found(TEXT, session):
        if finding.severity == "error":
            session.execute(finding.hint)
    assert said(found(TEXT, session)) == set()
    worker = _as(account.session(), "WORKER")
    plan = deploy.plan(project(TEXT), worker)
    outcomes = list(deploy.apply(plan, _Limited(account)))
    assert [o.detail for o in outcomes if o.status not in {"running", "done"}] == []


class _Limited:
    """The same account, each session with the role WORKER."""

    def __init__(self, account: LocalAccount) -> None:
        self._account = account

    def session(self) -> LocalSession:
        return _as(self._account.session(), "WORKER")

    def login(self) -> LocalSession:
        return self.session()

    def close(self) -> None:
        """The account stays open."""


def _as(session: LocalSession, role: str) -> LocalSession:
    session.role = role
    return session


def test_privileges_come_through_roles(session: LocalSession) -> None:
    for sql in (
        "CREATE ROLE MIDDLE",
        "GRANT ROLE OWNER TO ROLE MIDDLE",
        "GRANT ROLE MIDDLE TO ROLE WORKER",
        "GRANT USAGE, CREATE SCHEMA ON DATABASE CASE_DB TO ROLE OWNER",
        "GRANT EXECUTE TASK ON ACCOUNT TO ROLE OWNER",
        "GRANT USAGE ON WAREHOUSE WH TO ROLE OWNER",
    ):
        session.execute(sql)
    assert said(found(TEXT, session)) == set()
    session.execute("REVOKE ROLE MIDDLE FROM ROLE WORKER")
    assert len(said(found(TEXT, session))) == 3


def test_what_is_altered_or_dropped_must_be_owned(session: LocalSession, account: LocalAccount) -> None:
    assert all(o.status in {"running", "done"} for o in deploy.apply(deploy.plan(project(TEXT), session), account))
    session.execute("GRANT USAGE ON DATABASE CASE_DB TO ROLE WORKER")
    session.execute("GRANT USAGE ON SCHEMA CASE_DB.RAW TO ROLE WORKER")
    changed = TEXT.replace("(ID number)", "(ID number, X number)").replace("60 minutes", "30 minutes")
    hints = {hint for _, hint in said(found(changed, session))}
    assert hints >= {
        "GRANT OWNERSHIP ON TABLE CASE_DB.RAW.T TO ROLE WORKER COPY CURRENT GRANTS",
        "GRANT OWNERSHIP ON TASK CASE_DB.RAW.A TO ROLE WORKER COPY CURRENT GRANTS",
        "GRANT OPERATE ON TASK CASE_DB.RAW.A TO ROLE WORKER",
    }
    assert said(found(changed, session, "ACCOUNTADMIN")) == set()


def test_what_the_plan_makes_and_grants_counts_as_held(session: LocalSession) -> None:
    text = TEXT.replace("WH", "NEW_WH") + "create warehouse NEW_WH;\ngrant execute task on account to role WORKER;\n"
    hints = {hint for _, hint in said(found(text, session))}
    assert "GRANT EXECUTE TASK ON ACCOUNT TO ROLE WORKER" not in hints
    assert not any("NEW_WH" in hint for hint in hints)
    assert hints >= {
        "GRANT CREATE WAREHOUSE ON ACCOUNT TO ROLE WORKER",
        "GRANT MANAGE GRANTS ON ACCOUNT TO ROLE WORKER",
    }


def test_an_integration_must_be_there(session: LocalSession) -> None:
    session.execute("CREATE NOTIFICATION INTEGRATION MAIL TYPE = EMAIL ENABLED = TRUE")
    text = TEXT.replace("warehouse = WH", "warehouse = WH error_integration = PAGER")
    (gone,) = [f for f in found(text, session, "ACCOUNTADMIN") if f.severity == "error"]
    assert (gone.rule, gone.name) == ("SD023", "missing-object")
    assert gone.message.startswith("integration PAGER does not exist, or role ACCOUNTADMIN does not see it")


def test_where_the_account_shows_no_warehouse_it_says_so(account: LocalAccount) -> None:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    session.execute("CREATE ROLE WORKER")
    (info,) = found(TEXT, session, "ACCOUNTADMIN")
    assert "whether warehouses exist: the account shows none" in info.message


def test_a_look_costs_a_statement_a_role_and_not_an_object(
    session: LocalSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(20):
        session.execute(f"CREATE TABLE CASE_DB.PUBLIC.T{i} (ID number)")
        session.execute(f"GRANT SELECT ON TABLE CASE_DB.PUBLIC.T{i} TO ROLE WORKER")
    session.execute("GRANT ROLE OWNER TO ROLE WORKER")
    session.execute("USE ROLE WORKER")
    sent: list[str] = []
    run = session.execute
    monkeypatch.setattr(session, "execute", lambda sql, tag="": (sent.append(sql), run(sql, tag))[1])
    preflight.look(session)
    assert sorted(sql for sql in sent if sql.startswith("SHOW GRANTS")) == [
        "SHOW GRANTS TO ROLE OWNER", "SHOW GRANTS TO ROLE PUBLIC", "SHOW GRANTS TO ROLE WORKER",
    ]  # fmt: skip
    assert len(sent) == 6


def test_apply_refuses_before_anything_is_touched(session: LocalSession) -> None:
    made = project(TEXT)
    plan = deploy.plan(made, session)
    assert deploy.with_preflight(plan, made, session) == plan
    session.execute("USE ROLE WORKER")
    refused = deploy.with_preflight(plan, made, session)
    with pytest.raises(
        DeployError, match=r"3 things to settle first(.|\n)*GRANT CREATE SCHEMA ON DATABASE CASE_DB TO ROLE WORKER"
    ):
        deploy.check_findings(refused)
    assert any(note.startswith("not checked: ") for note in refused.notes)


def test_a_plan_says_what_its_role_would_be_refused(session: LocalSession) -> None:
    made = project(TEXT)
    session.execute("GRANT USAGE ON DATABASE CASE_DB TO ROLE WORKER")
    session.execute("USE ROLE WORKER")
    seen = deploy.with_forecast(deploy.plan(made, session), made, session)
    deploy.check_findings(seen)  # who only looks is refused nothing
    assert {(f.severity, f.hint) for f in seen.findings} == {
        ("warning", "GRANT CREATE SCHEMA ON DATABASE CASE_DB TO ROLE WORKER"),
        ("warning", "GRANT EXECUTE TASK ON ACCOUNT TO ROLE WORKER"),
    }
    assert "What the role that planned this lacks" in markdown(seen)
    assert "To settle first" not in markdown(seen)
    for finding in seen.findings:
        session.execute("USE ROLE ACCOUNTADMIN")
        session.execute(finding.hint)
    session.execute("GRANT USAGE ON WAREHOUSE WH TO ROLE WORKER")
    session.execute("USE ROLE WORKER")
    able = deploy.with_forecast(deploy.plan(made, session), made, session)
    assert able.findings == ()
    assert [note for note in able.notes if note.startswith("not checked: ")]  # silence would read as a pass
    # what a plan that was written down says of its role does not refuse who applies it
    assert plan_file.moved(seen, able) == ()


def test_an_administrator_is_told_nothing_where_nothing_is_lacking(session: LocalSession) -> None:
    made = project(TEXT)
    plan = deploy.plan(made, session)
    assert deploy.with_forecast(plan, made, session) == plan
    gone = project(TEXT.replace("WH", "OTHER_WH"))
    told = deploy.with_forecast(deploy.plan(gone, session), gone, session)
    assert [f.name for f in told.findings] == ["missing-object"]
    assert [note for note in told.notes if note.startswith("not checked: ")]


def test_a_teardown_is_looked_at_before_anything_is_dropped(session: LocalSession, account: LocalAccount) -> None:
    assert all(o.status in {"running", "done"} for o in deploy.apply(deploy.plan(project(TEXT), session), account))
    plan = deploy.teardown(project(TEXT), session)
    session.execute("USE ROLE WORKER")
    refused = deploy.with_preflight(plan, project(TEXT), session)
    assert "GRANT OWNERSHIP ON SCHEMA CASE_DB.RAW TO ROLE WORKER COPY CURRENT GRANTS" in {
        f.hint for f in refused.findings
    }
