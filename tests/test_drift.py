"""`drift` on a real local account: six findings at once, no object's error ends it, and what is left stays on record."""

import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.drift import described
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.session import Session
from tests.test_deploy_cases import apply, project

TEXT = """
create schema RAW;
create table RAW.T (ID number, MIDDLE number, NAME varchar(10));
create table RAW.SOURCE (ID number);
create stream RAW.S on table RAW.SOURCE;
create view RAW.V as select ID, MIDDLE from RAW.T;
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create procedure RAW.P(A number) returns varchar language sql as $$ begin return 'x'; end $$;
create procedure RAW.JS() returns varchar language javascript as $$ return 'x'; $$;
create role READER;
grant select on table RAW.T to role READER;
"""
BY_HAND = """
alter table CASE_DB.RAW.T alter column NAME set data type varchar(20);
alter table CASE_DB.RAW.T drop column MIDDLE;
alter task CASE_DB.RAW.ROOT suspend;
revoke select on table CASE_DB.RAW.T from role READER;
create or replace table CASE_DB.RAW.SOURCE (ID number);
create or replace procedure CASE_DB.RAW.P(A number) returns varchar language sql as $$ begin return 'y'; end $$
"""


@pytest.fixture
def session(account: LocalAccount) -> Session:
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    apply(deploy.plan(project(TEXT), session), account)
    return session


def lines(report: deploy.DriftReport) -> list[str]:
    return [f"{d.key} {described(d)} {'undoable' if d.undoable else 'lost'}" for d in report.drift]


def nothing() -> Project:
    return Project("case", Scope("CASE_DB"))


def by_hand(session: Session, text: str) -> None:
    for statement in text.strip().split(";\n"):
        session.execute(statement)


def test_as_it_was_deployed(session: Session) -> None:
    report = deploy.drift(nothing(), session, deep=True)
    assert (lines(report), report.recorded, report.looked, report.not_looked) == ([], 10, 4, ())


def test_each_difference_is_a_finding_of_its_own(session: Session) -> None:
    by_hand(session, BY_HAND)
    found = [
        "table RAW.SOURCE was recreated lost",
        "table RAW.T column MIDDLE is gone lost",
        "table RAW.T column NAME was TEXT(10), is TEXT(20) lost",
        "stream RAW.S is stale lost",
        "procedure RAW.P(NUMBER) was recreated lost",
        "task RAW.ROOT state was started, is suspended undoable",
        "grant on table RAW.T to role READER is gone undoable",
    ]
    assert lines(deploy.drift(nothing(), session)) == found
    closer = lines(deploy.drift(nothing(), session, deep=True))
    assert [line for line in closer if line not in found] == [
        "view RAW.V no longer compiles: 000904 (42000): SQL compilation error: invalid identifier 'MIDDLE' lost",
        "procedure RAW.P(NUMBER) body was begin return 'x'; end, is begin return 'y'; end lost",
    ]


def test_what_is_gone(session: Session) -> None:
    by_hand(session, "drop table CASE_DB.RAW.T;\ndrop view CASE_DB.RAW.V")
    assert lines(deploy.drift(nothing(), session, deep=True)) == [
        "table RAW.T is gone lost",
        "view RAW.V is gone undoable",
        "grant on table RAW.T to role READER is gone undoable",
    ]


def test_a_recorded_text_that_cannot_be_read_hides_no_other_finding(session: Session) -> None:
    session.execute("UPDATE CASE_DB.SNOWDEPLOY.RECORD SET TEXT = 'create view RAW.V (' WHERE NAME = 'RAW.V'")
    by_hand(session, "alter table CASE_DB.RAW.T set comment = 'x'")
    report = deploy.drift(nothing(), session, deep=True)
    assert lines(report) == ["table RAW.T comment was empty, is x undoable"]
    assert [str(key) for key, _ in report.not_looked] == ["view RAW.V"]


def test_what_apply_leaves_stays_on_record(session: Session, account: LocalAccount) -> None:
    """A widened column is still drift after another change of its table was deployed."""
    by_hand(session, "alter table CASE_DB.RAW.T alter column NAME set data type varchar(20)")
    before = lines(deploy.drift(nothing(), session))
    apply(deploy.plan(project(TEXT.replace("varchar(10))", "varchar(10)) comment = 'rows'")), session), account)
    assert (
        lines(deploy.drift(nothing(), session)) == before == ["table RAW.T column NAME was TEXT(10), is TEXT(20) lost"]
    )


def test_another_spelling_of_a_fact_is_no_drift(session: Session) -> None:
    """A new release may show the same in other words: what is as the text asks is no drift."""
    place = "CASE_DB.SNOWDEPLOY.RECORD"
    session.execute(f"UPDATE {place} SET FACTS = REPLACE(FACTS, '3600 SECONDS', '60 MINUTE') WHERE NAME = 'RAW.ROOT'")
    told = session.execute(f"SELECT COUNT(*) FROM {place} WHERE FACTS LIKE '%60 MINUTE%'").scalar()
    assert told
    assert lines(deploy.drift(nothing(), session)) == []


def test_a_parameter_of_a_task_is_found_by_a_closer_look(session: Session, account: LocalAccount) -> None:
    text = TEXT.replace(
        "schedule = '60 minutes'", "schedule = '60 minutes' user_task_timeout_ms = 1000 log_level = 'info'"
    )
    apply(deploy.plan(project(text), session), account)
    assert lines(deploy.drift(nothing(), session, deep=True)) == []
    by_hand(
        session,
        "alter task CASE_DB.RAW.ROOT suspend;\n"
        "alter task CASE_DB.RAW.ROOT set user_task_timeout_ms = 2000 suspend_task_after_num_failures = 3;\n"
        "alter task CASE_DB.RAW.ROOT unset log_level;\n"
        "alter task CASE_DB.RAW.ROOT resume",
    )
    assert lines(deploy.drift(nothing(), session)) == []
    report = deploy.drift(nothing(), session, deep=True)
    assert [(d.fact, d.before, d.now) for d in report.drift] == [
        ("LOG_LEVEL", "info", ""),
        ("SUSPEND_TASK_AFTER_NUM_FAILURES", "", "3"),
        ("USER_TASK_TIMEOUT_MS", "1000", "2000"),
    ]
    by_hand(session, "alter task CASE_DB.RAW.ROOT suspend")
    for one in report.drift:  # what it says to type brings it back
        session.execute(one.hint.partition(", while")[0].replace("RAW.ROOT", "CASE_DB.RAW.ROOT"))
    by_hand(session, "alter task CASE_DB.RAW.ROOT resume")
    assert lines(deploy.drift(nothing(), session, deep=True)) == []
