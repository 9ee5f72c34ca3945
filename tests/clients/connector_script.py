"""Run by the Python of a client's own environment: `connector_script.py PORT FOLDER`."""

import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import snowflake.connector

login = {
    "account": "LOCAL",
    "user": "LOCAL",
    "password": "x",
    "host": "127.0.0.1",
    "port": int(sys.argv[1]),
    "protocol": "http",
}
folder = Path(sys.argv[2])
connection = snowflake.connector.connect(**login)
cursor = connection.cursor()
cursor.execute("CREATE OR REPLACE DATABASE D")
cursor.execute("CREATE TABLE T (N INT, V VARCHAR, J VARIANT)")
cursor.execute("INSERT INTO T SELECT 1, 'a', PARSE_JSON('{}')")
assert cursor.rowcount == 1
found = cursor.execute(
    "SELECT N, V, J, '2024-02-29'::DATE, 1.5::FLOAT, 2.50::NUMBER(5,2), TRUE, NULL FROM T"
).fetchall()
assert found == [(1, "a", "{}", date(2024, 2, 29), 1.5, Decimal("2.50"), True, None)], found

other = snowflake.connector.connect(paramstyle="qmark", database="D", schema="PUBLIC", **login)
many = other.cursor()
many.executemany("INSERT INTO T (N, V) VALUES (?, ?)", [(i, str(i)) for i in range(1000)])
assert many.rowcount == 1000
other.close()

numbers = cursor.execute("SELECT SEQ4() AS N FROM TABLE(GENERATOR(ROWCOUNT => 50000)) ORDER BY N").fetchall()
assert (len(numbers), numbers[-1]) == (50000, (49999,))

(folder / "f.csv").write_text("1,2\n")
cursor.execute("CREATE STAGE S")
assert cursor.execute(f"PUT file://{folder}/f.csv @S").fetchall()[0][6] == "UPLOADED"
assert [row[0] for row in cursor.execute("LIST @S").fetchall()] == ["s/f.csv.gz"]
cursor.execute(f"GET @S file://{folder}")
assert (folder / "f.csv.gz").is_file()


def failure() -> tuple[int, str]:
    try:
        cursor.execute("SELECT * FROM MISSING")
    except snowflake.connector.errors.ProgrammingError as error:
        return error.errno, error.sqlstate
    raise AssertionError("a missing table is an error")


assert failure() == (2003, "42S02")

cursor.execute("SELECT 1; SELECT 2", num_statements=2)
assert cursor.fetchall() == [(1,)]
assert cursor.nextset()
assert cursor.fetchall() == [(2,)]

cursor.execute_async("SELECT 5")
while connection.is_still_running(connection.get_query_status(cursor.sfqid)):
    time.sleep(0.05)
cursor.get_results_from_sfqid(cursor.sfqid)
assert cursor.fetchall() == [(5,)]
connection.close()
sys.stdout.write(f"ok {snowflake.connector.__version__}\n")
