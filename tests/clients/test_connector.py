"""The official connector against `account serve`: what it sends is understood, and what it reads is right."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.server.service import Service

connector = pytest.importorskip("snowflake.connector")
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")
LONG = "SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => {rows})) AS a, TABLE(GENERATOR(ROWCOUNT => {rows})) AS b"
NTZ = datetime(2024, 1, 2, 3, 4, 5, 678901)  # noqa: DTZ001 - NTZ is without
PASSWORDS = {"LOCAL": "only-here"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    account = LocalAccount(tmp_path_factory.mktemp("served") / "account", asleep=True)
    made = Service(account, PASSWORDS)
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join()
    made.close()
    account.close()


def connect(service: Service, **given: Any) -> Any:
    words = {
        "account": "LOCAL", "user": "local", "password": PASSWORDS["LOCAL"], "host": service.host, "port": service.port, "protocol": "http",
    }  # fmt: skip
    return connector.connect(**{**words, **given})


@pytest.fixture
def connection(service: Service) -> Iterator[Any]:
    made = connect(service)
    made.cursor().execute("CREATE OR REPLACE DATABASE D")
    yield made
    made.close()


def rows(connection: Any, sql: str, *binds: Any) -> list[tuple[Any, ...]]:
    return list(connection.cursor().execute(sql, *binds).fetchall())


def test_a_timestamp_comes_back_with_its_own_offset(connection: Any) -> None:
    cursor = connection.cursor()
    (found, empty) = cursor.execute(
        "SELECT '2024-07-01 20:00:00.5 -05:30'::TIMESTAMP_TZ, NULL::TIMESTAMP_TZ"
    ).fetchone()
    assert (found.isoformat(), found.utcoffset(), empty) == (
        "2024-07-01T20:00:00.500000-05:30",
        timedelta(hours=-5, minutes=-30),
        None,
    )
    assert cursor.description[0].type_code == 7  # TIMESTAMP_TZ


def test_who_has_no_password_does_not_come_in(service: Service) -> None:
    for words in ({"password": "guessed"}, {"user": "somebody"}):
        with pytest.raises(connector.errors.Error, match="Incorrect username or password"):
            connect(service, **words)
    with pytest.raises(connector.errors.Error, match="this is account LOCAL"):
        connect(service, account="ACME-PROD")


def test_values_of_each_type_come_back_as_what_they_are(connection: Any) -> None:
    found = rows(
        connection,
        "SELECT 1, 1.25::NUMBER(10,2), 1.5::FLOAT, TRUE, 'ä', '2024-02-29'::DATE, '12:30:15.5'::TIME, "
        "'2024-01-02 03:04:05.678901'::TIMESTAMP_NTZ, '2024-01-02 03:04:05'::TIMESTAMP_LTZ, X'0AFF', PARSE_JSON('{\"a\":[1]}'):a[0], NULL",
    )[0]
    assert found[:9] == (
        1, Decimal("1.25"), 1.5, True, "ä", date(2024, 2, 29), clock(12, 30, 15, 500000), NTZ,
        datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    )  # fmt: skip
    assert (bytes(found[9]), found[10], found[11]) == (b"\x0a\xff", "1", None)


def test_the_columns_of_a_result_say_their_types(connection: Any) -> None:
    cursor = connection.cursor().execute("SELECT 1::NUMBER(10,2) AS N, 'abc'::VARCHAR(5) AS T, CURRENT_DATE() AS D")
    assert next((c.name, c.precision, c.scale) for c in cursor.description) == ("N", 10, 2)
    assert [connector.constants.FIELD_ID_TO_NAME[c.type_code] for c in cursor.description] == ["FIXED", "TEXT", "DATE"]
    assert cursor.description[1].internal_size == 5


def test_binds_of_both_styles(service: Service, connection: Any) -> None:
    assert rows(connection, "SELECT %s, %s", (1, "it's")) == [(1, "it's")]
    other = connect(service, paramstyle="qmark")
    moment = datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001 - NTZ is without
    found = rows(other, "SELECT ?, ?, ?::FLOAT, ?, ?, ?::TIMESTAMP_NTZ", (7, "x", 0.5, True, None, moment))
    assert found == [(7, "x", 0.5, True, None, moment)]
    other.close()


@pytest.mark.usefixtures("connection")
def test_many_rows_are_bound_at_once(service: Service) -> None:
    other = connect(service, paramstyle="qmark", database="D", schema="PUBLIC")
    other.cursor().execute("CREATE OR REPLACE TABLE M (N INT, T VARCHAR)")
    cursor = other.cursor()
    cursor.executemany("INSERT INTO M VALUES (?, ?)", [(i, f"t{i}") for i in range(500)])
    assert cursor.rowcount == 500
    assert rows(other, "SELECT COUNT(*), SUM(N), MAX(T) FROM M") == [(500, 124750, "t99")]
    other.close()


def test_an_error_has_its_number_its_state_and_the_id_of_its_query(connection: Any) -> None:
    with pytest.raises(connector.errors.ProgrammingError) as raised:
        connection.cursor().execute("SELECT * FROM MISSING_TABLE")
    assert (raised.value.errno, raised.value.sqlstate) == (2003, "42S02")
    assert raised.value.sfqid
    assert "does not exist or not authorized" in str(raised.value.msg)
    assert rows(connection, "SELECT 1") == [(1,)]


def test_a_hundred_thousand_rows_come_in_chunks_in_their_order(connection: Any) -> None:
    found = rows(connection, "SELECT SEQ4() AS N, 'row ' || N FROM TABLE(GENERATOR(ROWCOUNT => 100000)) ORDER BY 1")
    assert len(found) == 100_000
    assert (found[0], found[1000], found[-1]) == ((0, "row 0"), (1000, "row 1000"), (99_999, "row 99999"))


def test_a_query_runs_while_its_client_does_something_else(connection: Any) -> None:
    cursor = connection.cursor()
    cursor.execute_async(LONG.format(rows=20_000))
    number = cursor.sfqid
    while connection.is_still_running(connection.get_query_status(number)):
        time.sleep(0.05)
    assert results_of(cursor) == [(400_000_000,)]


def test_a_query_is_cancelled_from_another_session(service: Service, connection: Any) -> None:
    cursor = connection.cursor()
    cursor.execute_async(LONG.format(rows=1_000_000))
    other = connect(service)
    other.cursor().execute(f"SELECT SYSTEM$CANCEL_QUERY('{cursor.sfqid}')")
    other.close()
    while connection.is_still_running(connection.get_query_status(cursor.sfqid)):
        time.sleep(0.05)
    with pytest.raises(connector.errors.ProgrammingError, match="canceled"):
        results_of(cursor)


def results_of(cursor: Any) -> list[tuple[Any, ...]]:
    cursor.get_results_from_sfqid(cursor.sfqid)
    return list(cursor.fetchall())


def test_several_statements_in_one_text(connection: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(
        "CREATE OR REPLACE TABLE S (N INT); INSERT INTO S VALUES (1), (2); SELECT SUM(N) FROM S", num_statements=3
    )
    found = [cursor.fetchall()]
    while cursor.nextset():
        found.append(cursor.fetchall())
    assert found[1:] == [[(2,)], [(3,)]]
    with pytest.raises(connector.errors.ProgrammingError, match="statement count"):
        connection.cursor().execute("SELECT 1; SELECT 2")


def test_files_go_up_and_come_down(connection: Any, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"{name},1\n")
    cursor = connection.cursor()
    cursor.execute("CREATE OR REPLACE STAGE ST")
    assert [
        row[6] for row in cursor.execute(f"PUT file://{tmp_path}/*.csv @ST/in AUTO_COMPRESS = TRUE").fetchall()
    ] == ["UPLOADED"] * 2
    assert [row[0] for row in cursor.execute("LIST @ST").fetchall()] == ["st/in/a.csv.gz", "st/in/b.csv.gz"]
    cursor.execute("CREATE OR REPLACE TABLE L (A VARCHAR, N INT)")
    assert sorted(
        row[3] for row in cursor.execute("COPY INTO L FROM @ST/in FILE_FORMAT = (TYPE = CSV)").fetchall()
    ) == [1, 1]
    (tmp_path / "down").mkdir()
    cursor.execute(f"GET @ST/in file://{tmp_path}/down")
    assert sorted(path.name for path in (tmp_path / "down").iterdir()) == ["a.csv.gz", "b.csv.gz"]


def test_sessions_have_their_own_transactions_and_temporary_tables(service: Service, connection: Any) -> None:
    other = connect(service, database="D", schema="PUBLIC")
    connection.cursor().execute("CREATE OR REPLACE TABLE T (N INT)")
    connection.cursor().execute("BEGIN")
    connection.cursor().execute("INSERT INTO T VALUES (1)")
    assert rows(other, "SELECT COUNT(*) FROM T") == [(0,)]
    connection.commit()
    assert rows(other, "SELECT COUNT(*) FROM T") == [(1,)]
    other.cursor().execute("CREATE TEMPORARY TABLE OWN (N INT)")
    other.close()
    with pytest.raises(connector.errors.ProgrammingError, match="does not exist"):
        connection.cursor().execute("SELECT * FROM OWN")
