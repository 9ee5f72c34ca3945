"""Streams while two sessions work: what one has open is not seen, and not lost, by the other. And the largest graph."""

import pytest

from snowpipe_deploy.local import changes, graphs
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.local.statements import _task_clauses
from snowpipe_deploy.session import SqlError


@pytest.fixture
def two(account: LocalAccount) -> tuple[LocalSession, LocalSession]:
    one, other = account.session(), account.session()
    for sql in (
        "CREATE DATABASE D",
        "CREATE TABLE T (ID INT)",
        "CREATE TABLE SINK (ID INT)",
        "CREATE TABLE SINK2 (ID INT)",
    ):
        one.execute(sql)
    other.execute("USE SCHEMA D.PUBLIC")
    return one, other


def ids(session: LocalSession, name: str) -> list[object]:
    return sorted(row[0] for row in session.execute(f"SELECT ID FROM {name}").rows)  # type: ignore[type-var]


def test_the_first_stream_on_a_table_is_refused_beside_a_transaction_that_has_changed_it(
    two: tuple[LocalSession, LocalSession],
) -> None:
    one, other = two
    one.execute("BEGIN")
    one.execute("INSERT INTO T VALUES (1)")
    with pytest.raises(SqlError, match=r"not supported .* the first stream on D\.PUBLIC\.T while an open transaction"):
        other.execute("CREATE STREAM S ON TABLE T")
    one.execute("COMMIT")
    other.execute("CREATE STREAM S ON TABLE T")
    assert ids(other, "S") == []


def test_a_further_stream_shows_what_is_committed_after_it_was_made(two: tuple[LocalSession, LocalSession]) -> None:
    one, other = two
    other.execute("CREATE STREAM FIRST_ONE ON TABLE T")
    one.execute("BEGIN")
    one.execute("INSERT INTO T VALUES (1)")
    other.execute("CREATE STREAM S ON TABLE T")
    assert ids(other, "S") == []
    one.execute("COMMIT")
    assert ids(other, "S") == [1]


def test_rows_committed_during_a_consuming_transaction_come_next(two: tuple[LocalSession, LocalSession]) -> None:
    one, other = two
    one.execute("CREATE STREAM S ON TABLE T")
    one.execute("INSERT INTO T VALUES (1)")
    one.execute("BEGIN")
    one.execute("INSERT INTO SINK SELECT ID FROM S")
    other.execute("INSERT INTO T VALUES (2)")
    assert ids(one, "S") == [1]
    one.execute("INSERT INTO SINK2 SELECT ID FROM S")
    one.execute("COMMIT")
    assert (ids(one, "SINK"), ids(one, "SINK2"), ids(one, "S")) == ([1], [1], [2])


@pytest.mark.parametrize(
    "consuming",
    [
        "INSERT INTO SINK SELECT ID FROM S",
        "MERGE INTO SINK USING S ON SINK.ID = S.ID WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (ID) VALUES (S.ID)",
    ],
)
def test_what_came_before_a_transaction_had_to_start_again_is_not_lost(
    two: tuple[LocalSession, LocalSession], consuming: str
) -> None:
    """DuckDB ends a transaction at an error of a statement, so the account begins anew what was done; not where it would be another thing.
    A statement that had found the stream empty counts as well: the offset would move behind what has come since."""
    one, other = two
    one.execute("CREATE STREAM S ON TABLE T")
    one.execute("INSERT INTO SINK VALUES (7)")
    one.execute("BEGIN")
    one.execute(consuming)
    other.execute("INSERT INTO T VALUES (1), (7)")
    with pytest.raises(SqlError, match="Division by zero"):
        one.execute("INSERT INTO SINK SELECT 1 / 0")
    with pytest.raises(SqlError, match=r"another session has changed D\.PUBLIC\.T, which it has read\. ROLLBACK"):
        one.execute("COMMIT")
    one.execute("ROLLBACK")
    assert (ids(one, "S"), ids(one, "SINK")) == ([1, 7], [7])  # they are still to come


def test_a_text_that_is_kept_is_made_anew_after_a_purge_and_a_change_of_the_table(
    account: LocalAccount, two: tuple[LocalSession, LocalSession]
) -> None:
    """What a purge writes down of a table is no change of it; the next change is one all the same."""
    one, _ = two
    one.execute("ALTER TABLE T ADD COLUMN X INT")
    one.execute("CREATE STREAM S ON TABLE T")
    one.execute("INSERT INTO T (ID) VALUES (1)")
    one.execute("INSERT INTO SINK SELECT ID FROM S")
    changes.purge(account.shared.engine, account.shared.catalog)
    one.execute("INSERT INTO T (ID) VALUES (2), (3)")
    one.execute("ALTER TABLE T DROP COLUMN X")
    one.execute("INSERT INTO T (ID) VALUES (4), (5)")
    assert ids(one, "T") == [1, 2, 3, 4, 5]


def test_a_second_consumer_does_not_read_what_an_open_one_has_read(two: tuple[LocalSession, LocalSession]) -> None:
    """Snowflake makes it wait; here it is told so."""
    one, other = two
    one.execute("CREATE STREAM S ON TABLE T")
    one.execute("INSERT INTO T VALUES (1)")
    one.execute("BEGIN")
    one.execute("INSERT INTO SINK SELECT ID FROM S")
    with pytest.raises(SqlError, match=r"waiting for the open transaction that has read stream D\.PUBLIC\.S"):
        other.execute("INSERT INTO SINK2 SELECT ID FROM S")
    assert ids(other, "S") == [1]
    one.execute("ROLLBACK")
    other.execute("INSERT INTO SINK2 SELECT ID FROM S")
    assert (ids(one, "SINK"), ids(one, "SINK2"), ids(one, "S")) == ([], [1], [])


def test_a_graph_has_at_most_so_many_tasks(
    two: tuple[LocalSession, LocalSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand in Snowflake; with five it takes less time."""
    monkeypatch.setattr(_task_clauses, "_MOST_TASKS", 5)
    session = two[0]
    session.execute("CREATE TASK ROOT SCHEDULE = '60 MINUTES' AS SELECT 1")
    for i in range(8):
        session.execute(f"CREATE TASK ALONE{i} SCHEDULE = '60 MINUTES' AS SELECT 1")
    for i in range(4):
        session.execute(f"CREATE TASK T{i} AFTER {f'T{i - 1}' if i else 'ROOT'} AS SELECT 1")
    with pytest.raises(SqlError, match=r"The graph of task D\.PUBLIC\.T5 has more than 5 tasks"):
        session.execute("CREATE TASK T5 AFTER T1 AS SELECT 1")


def test_an_account_has_at_most_so_many_resumed_tasks(
    two: tuple[LocalSession, LocalSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty thousand in Snowflake; with three it takes less time."""
    monkeypatch.setattr(graphs, "MOST_RESUMED", 3)
    session = two[0]
    session.execute("CREATE TASK ROOT SCHEDULE = '60 MINUTES' AS SELECT 1")
    for name in ("A", "B", "C"):
        session.execute(f"CREATE TASK {name} AFTER ROOT AS SELECT 1")
        session.execute(f"ALTER TASK {name} RESUME")
    with pytest.raises(SqlError, match="3 resumed tasks"):
        session.execute("ALTER TASK ROOT RESUME")
    session.execute("ALTER TASK C SUSPEND")
    session.execute("ALTER TASK ROOT RESUME")


def test_a_stream_of_a_dropped_schema_keeps_its_changes(
    account: LocalAccount, two: tuple[LocalSession, LocalSession]
) -> None:
    one, _ = two
    one.execute("CREATE SCHEMA D.AWAY")
    one.execute("CREATE STREAM D.AWAY.S ON TABLE D.PUBLIC.T")
    one.execute("INSERT INTO D.PUBLIC.T VALUES (1), (2)")
    one.execute("DROP SCHEMA D.AWAY")
    changes.purge(account.shared.engine, account.shared.catalog)
    one.execute("INSERT INTO D.PUBLIC.T VALUES (3)")
    one.execute("UNDROP SCHEMA D.AWAY")
    assert ids(one, "D.AWAY.S") == [1, 2, 3]
