"""Transactions of several sessions: each statement sees what is committed when it begins, and no change is lost (reference E.9, B.4)."""

from collections.abc import Callable

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError

Pair = tuple[LocalSession, LocalSession]
TOLD = "another session has changed since this transaction began"


@pytest.fixture
def pair(account: LocalAccount) -> Pair:
    one, other = account.session(), account.session()
    for sql in (
        "CREATE DATABASE D",
        "CREATE TABLE T (ID INT, X INT)",
        "CREATE TABLE U (ID INT)",
        "CREATE VIEW V AS SELECT ID FROM T",
        "INSERT INTO T VALUES (1, 0), (2, 0)",
    ):
        one.execute(sql)
    other.execute("USE SCHEMA D.PUBLIC")
    return one, other


def rows(session: LocalSession, sql: str = "SELECT ID, X FROM T ORDER BY ID") -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(sql).rows]


def test_a_transaction_that_has_only_read_sees_what_others_commit(pair: Pair) -> None:
    one, other = pair
    one.execute("BEGIN")
    assert rows(one) == [(1, 0), (2, 0)]
    other.execute("UPDATE T SET X = 5 WHERE ID = 1")
    assert rows(one) == [(1, 5), (2, 0)]
    other.execute("INSERT INTO T VALUES (3, 0)")
    assert rows(one, "SELECT COUNT(*) FROM V") == [(3,)]
    other.execute("CREATE TABLE NEW_ONE AS SELECT 7 AS A")
    assert rows(one, "SELECT A FROM NEW_ONE") == [(7,)]
    one.execute("UPDATE T SET X = X + 1")
    one.execute("COMMIT")
    assert rows(other) == [(1, 6), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM T",
        "SELECT * FROM V",
        "SELECT (SELECT COUNT(*) FROM T)",
        "UPDATE T SET X = X + 1",
        "DELETE FROM T WHERE X = 5",
        "TRUNCATE TABLE T",
        "INSERT INTO U SELECT ID FROM T",
        "INSERT OVERWRITE INTO T VALUES (9, 9)",
        "MERGE INTO T USING (SELECT 3 AS ID) AS s ON T.ID = s.ID WHEN NOT MATCHED THEN INSERT VALUES (s.ID, 1)",
    ],
)
def test_one_that_has_written_what_it_read_is_told_of_what_it_cannot_see(pair: Pair, statement: str) -> None:
    one, other = pair
    one.execute("BEGIN")
    one.execute("INSERT INTO U SELECT ID FROM T WHERE X = 0")
    other.execute("UPDATE T SET X = 5 WHERE ID = 1")
    with pytest.raises(SqlError, match=TOLD):
        one.execute(statement)
    one.execute("INSERT INTO T VALUES (4, 4)")  # reads nothing
    assert rows(one, "SELECT ID FROM U ORDER BY ID") == [(1,), (2,)]
    one.execute("COMMIT")
    assert rows(one) == [(1, 5), (2, 0), (4, 4)]


def test_one_that_has_written_something_else_sees_what_others_commit(pair: Pair) -> None:
    """A log at the beginning of a task, and a pipe that loads meanwhile."""
    one, other = pair
    one.execute("CREATE TABLE LOG (WHAT VARCHAR, N INT)")
    one.execute("CREATE STREAM S ON TABLE U")
    one.execute("BEGIN")
    one.execute("INSERT INTO LOG VALUES ('begin', 0)")
    other.execute("INSERT INTO LOG VALUES ('other', 0)")
    other.execute("UPDATE T SET X = 5 WHERE ID = 1")
    one.execute("INSERT INTO U SELECT ID FROM T WHERE X = 5")
    other.execute("INSERT INTO LOG VALUES ('other', 1)")
    one.execute("INSERT INTO LOG SELECT 'end', COUNT(*) FROM LOG")
    one.execute("COMMIT")
    assert rows(one, "SELECT ID FROM S") == [(1,)]
    assert rows(one, "SELECT * FROM LOG ORDER BY 1, 2") == [("begin", 0), ("end", 3), ("other", 0), ("other", 1)]


def test_what_cannot_be_done_again_stays_where_it_was_done(pair: Pair) -> None:
    one, other = pair
    one.execute("CREATE TABLE LOG (WHAT VARCHAR)")
    one.execute("BEGIN")
    one.execute("INSERT INTO LOG SELECT UUID_STRING()")
    written = rows(one, "SELECT * FROM LOG")
    other.execute("INSERT INTO T VALUES (3, 0)")
    assert len(rows(one)) == 3
    assert rows(one, "SELECT * FROM LOG") == written
    one.execute("UPDATE LOG SET WHAT = UUID_STRING()")
    other.execute("INSERT INTO T VALUES (4, 0)")
    with pytest.raises(SqlError, match=TOLD):
        one.execute("SELECT * FROM T")
    one.execute("COMMIT")
    assert rows(one, "SELECT * FROM LOG") != written


@pytest.mark.parametrize("first", ["UPDATE T SET ID = ID + 1", "DELETE FROM T WHERE ID = 1", "TRUNCATE TABLE T"])
@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(
    "second",
    [
        "UPDATE T SET X = 3 WHERE ID = 2",
        "DELETE FROM T WHERE ID = 1",
        "TRUNCATE TABLE T",
        "INSERT OVERWRITE INTO T VALUES (7, 7)",
        "MERGE INTO T USING (SELECT 1 AS ID) AS s ON T.ID = s.ID WHEN MATCHED THEN DELETE",
    ],
)
def test_a_second_writer_does_not_write_over_what_is_open(
    pair: Pair, first: str, second: str, *, tracked: bool
) -> None:
    """Snowflake lets it wait for LOCK_TIMEOUT at most; here it is told at once. INSERT needs no lock."""
    one, other = pair
    if tracked:
        one.execute("CREATE STREAM S ON TABLE T")
    one.execute("BEGIN")
    one.execute(first)
    wanted = rows(one)
    with pytest.raises(SqlError) as raised:
        other.execute(second)
    assert raised.value.errno == 625
    other.execute("INSERT INTO T VALUES (8, 8)")
    one.execute("COMMIT")
    assert rows(other) == [*wanted, (8, 8)]
    other.execute(second)


def test_a_lock_ends_with_its_transaction(pair: Pair) -> None:
    one, other = pair
    for end in ("COMMIT", "ROLLBACK"):
        one.execute("BEGIN")
        one.execute("UPDATE T SET X = 1")
        one.execute(end)
        other.execute("DELETE FROM T WHERE ID = 9")
    one.execute("BEGIN")
    one.execute("DELETE FROM T")
    one.close()
    other.execute("UPDATE T SET X = 2")
    assert rows(other) == [(1, 2), (2, 2)]


def test_a_stream_shows_what_there_was_when_the_transaction_began(pair: Pair) -> None:
    one, other = pair
    one.execute("CREATE STREAM S ON TABLE T")
    other.execute("INSERT INTO T VALUES (3, 0)")
    one.execute("BEGIN")
    other.execute("INSERT INTO T VALUES (4, 0)")
    assert rows(one, "SELECT ID FROM S") == [(3,)]
    assert rows(one, "SELECT ID FROM S") == [(3,)]
    one.execute("INSERT INTO U SELECT ID FROM S")
    one.execute("COMMIT")
    assert rows(one, "SELECT ID FROM S") == [(4,)]


def test_a_stream_is_refused_where_the_transaction_sees_more_than_when_it_began(pair: Pair) -> None:
    one, other = pair
    one.execute("CREATE STREAM S ON TABLE T")
    one.execute("BEGIN")
    other.execute("INSERT INTO T VALUES (3, 0)")
    assert len(rows(one)) == 3
    with pytest.raises(SqlError, match=r"reading stream D\.PUBLIC\.S as it was when the transaction began"):
        one.execute("SELECT ID FROM S")
    one.execute("COMMIT")
    assert rows(one, "SELECT ID FROM S") == [(3,)]


def lose(one: LocalSession, _: LocalSession) -> None:
    with pytest.raises(SqlError, match="Division by zero"):
        one.execute("SELECT 1 / (ID - ID) FROM U")


def lose_after_another(one: LocalSession, other: LocalSession) -> None:
    other.execute("INSERT INTO T VALUES (3, 3)")
    lose(one, other)


@pytest.mark.parametrize("fail", [lose, lose_after_another])
def test_what_a_transaction_did_is_never_done_again_on_other_rows(
    pair: Pair, fail: Callable[[LocalSession, LocalSession], None]
) -> None:
    """After a failed statement the engine starts it again: what it had read must be the same."""
    one, other = pair
    one.execute("BEGIN")
    one.execute("INSERT INTO U SELECT ID FROM T")
    fail(one, other)
    if fail is lose:
        one.execute("COMMIT")
        assert rows(one, "SELECT ID FROM U ORDER BY ID") == [(1,), (2,)]
        return
    with pytest.raises(SqlError, match=r"another session has changed D\.PUBLIC\.T, which it has read\. ROLLBACK"):
        one.execute("SELECT 1")
    one.execute("ROLLBACK")
    assert rows(one, "SELECT ID FROM U") == []


def test_show_counts_what_is_committed_where_the_transaction_sees_less(pair: Pair) -> None:
    one, other = pair
    one.execute("BEGIN")
    one.execute("INSERT INTO U VALUES (1)")
    other.execute("CREATE TABLE NEW_ONE AS SELECT 7 AS A")
    other.execute("INSERT INTO T VALUES (3, 0)")
    shown = rows(one, 'SHOW TABLES ->> SELECT "name", "rows" FROM $1 ORDER BY "name"')
    assert shown == [("NEW_ONE", 1), ("T", 3), ("U", 1)]


def test_a_table_that_was_altered_meanwhile_takes_nothing_of_the_transaction(pair: Pair) -> None:
    """Snowflake takes the rows; here they cannot be, and it is said as for any other conflict."""
    one, other = pair
    one.execute("BEGIN")
    one.execute("INSERT INTO T VALUES (3, 0)")
    other.execute("ALTER TABLE T ADD COLUMN Y INT")
    with pytest.raises(SqlError) as raised:
        one.execute("COMMIT")
    assert raised.value.errno == 625
    assert len(rows(one)) == 2
    one.execute("INSERT INTO T VALUES (3, 0, 0)")
    assert len(rows(one)) == 3


@pytest.mark.parametrize("again", ["SELECT COUNT(*) FROM U", "SELECT 1 / (ID - ID) FROM T"])
def test_a_transaction_that_cannot_be_done_again_commits_no_part_of_it(pair: Pair, again: str) -> None:
    one, other = pair
    one.execute("CREATE TABLE LOG (N INT)")
    one.execute("BEGIN")
    one.execute("INSERT INTO LOG VALUES (1)")
    one.execute("INSERT INTO T VALUES (3, 0)")
    one.execute("INSERT INTO LOG VALUES (2)")
    other.execute("ALTER TABLE T DROP COLUMN X")
    other.execute("INSERT INTO U VALUES (1)")
    with pytest.raises(SqlError):
        one.execute(again)
    with pytest.raises(SqlError, match="cannot be done again"):
        one.execute("COMMIT")
    one.execute("ROLLBACK")
    assert rows(one, "SELECT * FROM LOG") == []
    assert rows(one, "SELECT ID FROM T ORDER BY ID") == [(1,), (2,)]


def test_what_the_first_statement_without_autocommit_has_read_counts(pair: Pair) -> None:
    one, other = pair
    one.execute("ALTER SESSION SET AUTOCOMMIT = FALSE")
    one.execute("INSERT INTO U SELECT COUNT(*) FROM T")
    other.execute("INSERT INTO T VALUES (3, 0)")
    with pytest.raises(SqlError, match=TOLD):
        one.execute("SELECT COUNT(*) FROM T")
    assert rows(one, "SELECT ID FROM U") == [(2,)]
    one.execute("COMMIT")
    assert rows(other, "SELECT ID FROM U") == [(2,)]


def test_a_view_that_another_session_replaces_is_read_as_it_is_now(pair: Pair) -> None:
    one, other = pair
    one.execute("BEGIN")
    assert rows(one, "SELECT COUNT(*) FROM V") == [(2,)]
    other.execute("CREATE OR REPLACE VIEW V AS SELECT ID FROM T WHERE ID = 1")
    assert rows(one, "SELECT COUNT(*) FROM V") == [(1,)]
    other.execute("CREATE VIEW W AS SELECT ID FROM V")
    assert rows(one, "SELECT ID FROM W") == [(1,)]
    one.execute("INSERT INTO U SELECT ID FROM W")
    other.execute("CREATE OR REPLACE VIEW V AS SELECT ID FROM T WHERE ID = 2")
    with pytest.raises(SqlError, match=TOLD):
        one.execute("SELECT ID FROM W")
