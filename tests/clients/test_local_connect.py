"""`snowpipe_deploy.local.connect` in the place of `snowflake.connector.connect`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from snowpipe_deploy import local
from snowpipe_deploy.local.account import LocalAccount

connector = pytest.importorskip("snowflake.connector")
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


def test_it_takes_what_the_connector_takes_and_gives_what_it_gives(tmp_path: Path) -> None:
    given = {"user": "ME", "password": "secret", "authenticator": "snowflake", "host": "acme.snowflakecomputing.com"}
    with local.connect(
        tmp_path / "account", account="ACME", now=datetime(2026, 1, 2, tzinfo=UTC), **given
    ) as connection:
        assert isinstance(connection, connector.SnowflakeConnection)
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE D")
        cursor.execute("CREATE TABLE D.PUBLIC.T (ID INT, NAME VARCHAR)")
        cursor.executemany("INSERT INTO D.PUBLIC.T VALUES (%s, %s)", [(1, "a"), (2, "b")])
        assert cursor.execute("SELECT NAME FROM D.PUBLIC.T WHERE ID = %s", (2,)).fetchall() == [("b",)]
        rows = connection.cursor(connector.DictCursor).execute("SELECT ID, NAME FROM D.PUBLIC.T ORDER BY ID").fetchall()
        assert rows == [{"ID": 1, "NAME": "a"}, {"ID": 2, "NAME": "b"}]
        assert str(cursor.execute("SELECT CURRENT_DATE()").fetchone()[0]) == "2026-01-02"
        with pytest.raises(connector.errors.ProgrammingError) as raised:
            cursor.execute("SELECT * FROM NOWHERE.PUBLIC.T")
        assert raised.value.errno == 2003
    # closed with its last connection: somebody else can open it, and finds what was committed
    account = LocalAccount(tmp_path / "account", asleep=True)
    assert account.session().execute("SELECT COUNT(*) FROM D.PUBLIC.T").rows == ((2,),)
    account.close()


def test_connections_of_one_name_are_to_one_account() -> None:
    first = local.connect(account="ONE")
    first.cursor().execute("CREATE DATABASE D")
    first.cursor().execute("CREATE TABLE D.PUBLIC.T AS SELECT 1 AS ID")
    second = local.connect(account="ONE", database="D", schema="PUBLIC", session_parameters={"QUERY_TAG": "mine"})
    first.close()
    assert second.cursor().execute("SELECT COUNT(*) FROM T").fetchall() == [(1,)]
    second.close()
    third = local.connect(account="ONE", database="D", schema="PUBLIC")
    assert third.cursor().execute("SELECT COUNT(*) FROM T").fetchall() == [(1,)]
    third.close()
    other = local.connect(account="ANOTHER")
    with pytest.raises(connector.errors.ProgrammingError):
        other.cursor().execute("SELECT COUNT(*) FROM D.PUBLIC.T")
    other.close()


def test_several_at_once_in_one_folder(tmp_path: Path) -> None:
    first, second = local.connect(tmp_path / "a"), local.connect(tmp_path / "a")
    first.cursor().execute("CREATE DATABASE D")
    first.close()
    first.close()  # twice does no harm
    assert second.cursor().execute("SELECT COUNT(*) FROM D.INFORMATION_SCHEMA.TABLES").fetchall() == [(0,)]
    second.close()
