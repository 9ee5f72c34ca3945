"""Sessions of one local account beside each other."""

from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.session import SqlError


def test_a_session_that_ends_rolls_back_what_is_open(account: LocalAccount) -> None:
    """Reference E.9."""
    first, second = account.session(), account.session()
    for session, statements in (
        (first, ("CREATE DATABASE DB", "CREATE TABLE T (ID INT)", "BEGIN", "INSERT INTO T VALUES (1)")),
        (second, ("USE DATABASE DB",)),
    ):
        for statement in statements:
            session.execute(statement)
    first.close()
    assert second.execute("SELECT COUNT(*) FROM DB.PUBLIC.T").rows == ((0,),)


def test_a_temporary_object_is_its_sessions_own(account: LocalAccount) -> None:
    """Reference A.14: no other session sees it, and it goes with its session."""
    first, second = account.session(), account.session()
    for statement in (
        "CREATE DATABASE DB",
        "CREATE TABLE KEPT (ID INT)",
        "CREATE TEMPORARY TABLE T AS SELECT 1 AS ID",
        "CREATE TEMP STAGE S",
    ):
        first.execute(statement)
    second.execute("USE DATABASE DB")
    assert first.execute("SELECT ID FROM T").rows == ((1,),)
    with pytest.raises(SqlError, match=r"'DB\.PUBLIC\.T' does not exist"):
        second.execute("SELECT ID FROM T")
    assert [row["name"] for row in second.execute("SHOW TABLES").dicts()] == ["KEPT"]
    for statement in ("CREATE OR REPLACE TABLE T (ID INT)", "CREATE OR REPLACE TEMPORARY TABLE T (ID INT)"):
        with pytest.raises(SqlError, match=r"not supported by the local account: a temporary table beside another"):
            second.execute(statement)
    with pytest.raises(SqlError, match=r"beside another of its name, DB\.PUBLIC\.KEPT"):
        first.execute("CREATE OR REPLACE TEMPORARY TABLE KEPT (ID INT)")
    first.execute("CREATE OR REPLACE TEMPORARY TABLE T AS SELECT 2 AS ID")
    first.close()
    assert second.execute("SHOW STAGES").rows == ()
    second.execute("CREATE TABLE T (ID INT)")


def test_a_temporary_object_does_not_outlive_the_account(tmp_path: Path) -> None:
    account = LocalAccount(tmp_path / "account")
    session = account.session()
    session.execute("CREATE DATABASE DB")
    session.execute("CREATE TEMPORARY TABLE T (ID INT)")
    account.close()  # and not the session
    account = LocalAccount(tmp_path / "account")
    assert account.session().execute("SHOW TABLES IN DATABASE DB").rows == ()
    account.close()
