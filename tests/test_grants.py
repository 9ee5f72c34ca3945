"""Grants and account-level objects beyond what one case can say: clones, other roles, what a plan costs."""

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.kinds import grant
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.model import Plan, Scope
from tests.test_deploy_cases import apply, described, project

TEXT = """
create schema RAW;
create role READER;
create warehouse LOAD_WH warehouse_size = xsmall;
create database role SHARED;
create table RAW.T (ID number);
grant select on table RAW.T to role READER;
grant usage on schema RAW to database role SHARED;
grant usage on warehouse LOAD_WH to role READER;
grant database role SHARED to role READER;
"""


@pytest.fixture
def session(account: LocalAccount) -> LocalSession:
    made = account.session()
    made.execute("CREATE DATABASE CASE_DB")
    return made


def grants_on(session: LocalSession, what: str) -> set[tuple[str, str]]:
    rows = session.execute(f"SHOW GRANTS ON {what}").dicts()
    return {(str(r["privilege"]), str(r["grantee_name"])) for r in rows if r["privilege"] != "OWNERSHIP"}


def planned(text: str, session: LocalSession, database: str = "CASE_DB", allowed: tuple[str, ...] = ()) -> Plan:
    return deploy.plan(project(text, database), session, deploy.Options(allowed=frozenset(allowed)))


def test_what_others_granted_outlives_ours(session: LocalSession, account: LocalAccount) -> None:
    apply(planned(TEXT, session), account)
    session.execute("GRANT INSERT ON TABLE CASE_DB.RAW.T TO ROLE READER")
    session.execute("CREATE ROLE OTHER")
    session.execute("GRANT SELECT ON TABLE CASE_DB.RAW.T TO ROLE OTHER")
    apply(planned(TEXT.replace("grant select on table RAW.T to role READER;", ""), session), account)
    assert grants_on(session, "TABLE CASE_DB.RAW.T") == {("INSERT", "READER"), ("SELECT", "OTHER")}


def test_another_environment_leaves_the_account_to_the_first(session: LocalSession, account: LocalAccount) -> None:
    apply(planned(TEXT, session), account)
    session.execute("CREATE DATABASE PR_42")
    made = planned(TEXT, session, "PR_42")
    assert not any("PROD" in sql or "CASE_DB" in sql for action in made.actions for sql in action.sql)
    assert {"create role READER", "create warehouse LOAD_WH"}.isdisjoint(a.id for a in made.actions)
    apply(made, account)
    assert described(planned(TEXT, session, "PR_42")) == ()
    apply(deploy.teardown(project(TEXT, "PR_42"), session), account, keep_record=False)
    assert described(planned(TEXT, session)) == ()  # the role, the warehouse and the grant on it are as they were


def test_a_record_that_came_along_with_a_clone_says_nothing_of_the_account(
    session: LocalSession, account: LocalAccount
) -> None:
    apply(planned(TEXT, session), account)
    session.execute("CREATE DATABASE COPY_DB")
    session.execute("CREATE SCHEMA COPY_DB.SNOWDEPLOY")
    for table in ("RECORD", "JOURNAL", "DEPLOYMENTS", "LEASE"):  # what CREATE DATABASE … CLONE would bring along
        session.execute(f"CREATE TABLE COPY_DB.SNOWDEPLOY.{table} AS SELECT * FROM CASE_DB.SNOWDEPLOY.{table}")
    apply(planned(TEXT, session, "COPY_DB"), account)
    without = TEXT.replace("grant usage on warehouse LOAD_WH to role READER;", "")
    assert not any("LOAD_WH" in a.id for a in planned(without, session, "COPY_DB").actions)
    down = deploy.teardown(project(TEXT, "COPY_DB"), session, allowed=("deletes-object:warehouse LOAD_WH",))
    assert "drop warehouse LOAD_WH" not in {a.id for a in down.actions}


def test_what_another_environment_made_is_not_dropped_even_by_name(
    session: LocalSession, account: LocalAccount
) -> None:
    apply(planned(TEXT, session), account)
    session.execute("CREATE DATABASE PR_42")
    apply(planned(TEXT, session, "PR_42"), account)
    down = deploy.teardown(project(TEXT, "PR_42"), session, allowed=("deletes-object:warehouse LOAD_WH",))
    assert "drop warehouse LOAD_WH" not in {a.id for a in down.actions}


def test_a_teardown_drops_by_name_what_this_project_made(session: LocalSession, account: LocalAccount) -> None:
    apply(planned(TEXT, session), account)
    down = deploy.teardown(project(TEXT), session, allowed=("deletes-object:warehouse LOAD_WH",))
    assert "drop warehouse LOAD_WH" in {a.id for a in down.actions}
    apply(down, account, keep_record=False)
    assert session.execute("SHOW WAREHOUSES").rows == ()
    assert session.execute("SHOW ROLES LIKE 'READER'").rows


def test_a_role_that_cannot_see_the_grants_changes_none(session: LocalSession, account: LocalAccount) -> None:
    apply(planned(TEXT, session), account)
    for sql in ("CREATE ROLE BLIND", "GRANT USAGE ON DATABASE CASE_DB TO ROLE BLIND",
                "GRANT USAGE ON SCHEMA CASE_DB.SNOWDEPLOY TO ROLE BLIND",
                "GRANT SELECT ON ALL TABLES IN SCHEMA CASE_DB.SNOWDEPLOY TO ROLE BLIND"):  # fmt: skip
        session.execute(sql)
    session.execute("USE ROLE BLIND")
    made = planned(TEXT, session)
    assert [a.id for a in made.actions] == []
    assert any(
        "table RAW.T was deployed by" in f.message and "not visible to role BLIND" in f.message for f in made.findings
    )


def test_a_plan_with_grants_costs_no_statement_a_grant(session: LocalSession, account: LocalAccount) -> None:
    def cost(text: str, database: str = "CASE_DB") -> int:
        sent: list[str] = []
        counting = account.session()
        run = counting.execute
        counting.execute = lambda sql, tag="": (sent.append(sql), run(sql, tag))[1]  # type: ignore[method-assign]
        deploy.plan(project(text, database), counting)
        return len(sent)

    many = "".join(
        f"create table RAW.T{i} (ID number);\ngrant select, insert on table RAW.T{i} to role R{i % 5};\n"
        for i in range(20)
    ) + "".join(f"create role R{i};\n" for i in range(5))
    apply(planned(TEXT + many, session), account)
    assert cost(TEXT + many) == cost(TEXT)
    small = "create schema RAW;\ncreate table RAW.T (ID number);\ngrant select on table RAW.T to role R0;\n"
    session.execute("CREATE DATABASE SMALL_DB")
    apply(planned(small, session, "SMALL_DB"), account)
    for text, database in ((TEXT + many, "CASE_DB"), (small, "SMALL_DB")):
        assert cost(text, database) <= 8 + len({thing.key.kind for thing in project(text).objects})


def test_a_killed_deployment_leaves_grants_that_the_next_one_knows(
    session: LocalSession, account: LocalAccount
) -> None:
    made = planned(TEXT, session)
    stopped = deploy.apply(made, account, jobs=1)
    for outcome in stopped:
        if outcome.status == "done" and outcome.action.key.kind == "GRANT":
            break
    stopped.close()
    again = planned(TEXT, session)
    assert again.findings == ()
    apply(again, account)
    assert described(planned(TEXT, session)) == ()
    assert grants_on(session, "TABLE CASE_DB.RAW.T") == {("SELECT", "READER")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("grant select on all tables in schema RAW to role R;", "ON ALL is about what is there when it runs"),
        ("grant role R to user U;", "TO USER is not deployed"),
        ("grant usage on database D to share S;", "TO SHARE is not deployed"),
        ("revoke select on table RAW.T from role R;", "REVOKE in a project"),
        ("grant ownership on future tables in schema RAW to role R;", "OWNERSHIP ON FUTURE is not deployed"),
        ("grant select on table OTHER.RAW.T to role R;", "names database OTHER"),
        ("grant usage on database OTHER to role R;", "names database OTHER"),
        ("create database OTHER;", "names database OTHER"),
        ("create warehouse CASE_DB.W;", "its name has one part"),
        ("create api integration X api_provider = aws_api_gateway;", "api integration X cannot be deployed yet"),
        ("grant select on table;", "expected a name"),
    ],
)  # fmt: skip
def test_what_is_not_deployed_is_refused_by_name(text: str, message: str) -> None:
    (problem,) = project(text).problems
    assert message in problem.message
    assert (problem.where.path, problem.where.line) == ("case.sql", 1)


def test_a_role_that_does_not_exist_fails_at_its_grant_alone(session: LocalSession, account: LocalAccount) -> None:
    text = TEXT + "grant usage on schema RAW to role NOBODY;\n"
    outcomes = {o.action.id: o for o in deploy.apply(planned(text, session), account) if o.status != "running"}
    assert "Role 'NOBODY' does not exist" in outcomes["create grant on schema RAW to role NOBODY"].detail
    assert outcomes["create grant on table RAW.T to role READER"].status == "done"
    assert [a.id for a in planned(text, session).actions] == ["create grant on schema RAW to role NOBODY"]
    session.execute("CREATE ROLE NOBODY")
    apply(planned(text, session), account)
    assert described(planned(text, session)) == ()


def test_rows_of_show_grants_are_read_by_name_and_place() -> None:
    def row(
        privilege: str, on: str, name: str, option: str = "false", wide: str = "", to: str = "ROLE"
    ) -> dict[str, object]:
        return {
            "to": to,
            "grantee": "R",
            "wide": wide,
            "privilege": privilege,
            "on": on,
            "name": name,
            "grant_option": option,
        }

    seen = grant.observed(
        [
            row("SELECT", "TABLE", "CASE_DB.RAW.T"),
            row("INSERT", "TABLE", "CASE_DB.RAW.T", "true"),
            row("SELECT", "TABLE", "OTHER_DB.RAW.T"),
            row("SELECT", "MATERIALIZED_VIEW", 'CASE_DB.RAW."mixed Case"'),
            row("USAGE", "PROCEDURE", 'CASE_DB.RAW."P(A NUMBER, B VARCHAR):VARCHAR(16777216)"'),
            row("USAGE", "FUNCTION", 'CASE_DB.RAW."F():TABLE (X NUMBER, Y NUMBER)"'),
            row("USAGE", "DATABASE", "CASE_DB"),
            row("USAGE", "WAREHOUSE", "WH"),
            row("EXECUTE TASK", "ACCOUNT", "XY12345"),
            row("USAGE", "DATABASE_ROLE", "CASE_DB.SHARED"),
            row("USAGE", "ROLE", "READER"),
            row("OWNERSHIP", "TASK", "CASE_DB.RAW.A", "true"),
            row("SELECT", "TABLE", "CASE_DB.RAW.<TABLE>", wide="FUTURE"),
            row("SELECT", "VIEW", "CASE_DB.<VIEW>", wide="FUTURE", to="DATABASE ROLE"),
            row("READ", "SOMETHING_NEW", "no name at all"),
        ],
        Scope("CASE_DB"),
    )
    assert {str(key): next(iter(one.facts.values())) for key, one in seen.items()} == {
        "grant on table RAW.T to role R": "INSERT with grant option, SELECT",
        'grant on materialized view RAW."mixed Case" to role R': "SELECT",
        "grant on procedure RAW.P(NUMBER, VARCHAR) to role R": "USAGE",
        "grant on function RAW.F() to role R": "USAGE",
        "grant on database to role R": "USAGE",
        "grant on warehouse WH to role R": "USAGE",
        "grant on account to role R": "EXECUTE TASK",
        "grant of database role SHARED to role R": "USAGE",
        "grant of role READER to role R": "USAGE",
        "grant on task RAW.A of OWNERSHIP": "role R",
        "grant on future tables in schema RAW to role R": "SELECT",
        "grant on future views in database to database role R": "SELECT",
    }
