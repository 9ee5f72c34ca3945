"""Sessions of one local account beside each other."""

from snowpipe_deploy.local.account import LocalAccount


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
