"""What the local account costs beside DuckDB alone: `python benchmarks/local.py`.

Each figure is a median of one go, with its limit. The video pipeline on a million rows has a script of its own, pipeline.py, and the
start of other commands another, startup.py.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from snowpipe_deploy.local.account import LocalAccount  # noqa: E402 - the line above finds it
from snowpipe_deploy.local.session import LocalSession  # noqa: E402

RUNS, STATEMENTS, ROWS, OBJECTS = 5, 300, 1_000_000, 1_000


def seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def median(call: Callable[[], object], runs: int = RUNS) -> float:
    return statistics.median(seconds(call) for _ in range(runs))


def show(what: str, found: float, limit: float, unit: str) -> None:
    print(f"{what:<62} {found:9.3f} {unit:<3} limit {limit:g} {unit:<3} {'ok' if found <= limit else 'OVER'}")


def statement(folder: Path) -> None:
    """A text that was seen before, in process, beside its own translation in plain DuckDB on a file."""
    account, plain = LocalAccount(folder / "statement"), duckdb.connect(str(folder / "plain.duckdb"))
    session = account.session()
    for sql in ("CREATE DATABASE db", "CREATE TABLE t (k INT, v VARCHAR)"):
        session.execute(sql)
    plain.execute("CREATE TABLE t (k DECIMAL(38,0), v VARCHAR)")
    for text in ("SELECT 1", "SELECT k, UPPER(v) FROM t WHERE k = 1", "INSERT INTO t VALUES (1, 'a')"):
        session.execute(text)
        ours = median(lambda: session.execute(text), STATEMENTS)  # noqa: B023 - called at once
        theirs = median(lambda: plain.execute(text).fetchall(), STATEMENTS)  # noqa: B023
        show(f"over DuckDB ({theirs * 1000:.2f} ms): {text}", (ours - theirs) * 1000, 1, "ms")
    session.close()
    account.close()
    plain.close()


def tracked_insert(folder: Path) -> None:
    """The same rows into a table with a stream and into one without, each time into an empty table."""
    account = LocalAccount(folder / "tracked")
    session = account.session()
    columns = "k INT, a VARCHAR, b VARCHAR, c INT, d TIMESTAMP_NTZ, e VARIANT"
    for sql in ("CREATE DATABASE db", f"CREATE TABLE source ({columns})", f"CREATE TABLE plain ({columns})",
                f"CREATE TABLE watched ({columns})", "CREATE STREAM s ON TABLE watched"):  # fmt: skip
        session.execute(sql)
    fill(session)
    found = {name: median(lambda name=name: insert(session, name), 3) for name in ("plain", "watched")}  # type: ignore[misc]
    show(
        f"1M rows into a table with a stream, beside {found['plain']:.2f} s without",
        found["watched"] / found["plain"],
        6,
        "x",
    )
    session.close()
    account.close()


def fill(session: LocalSession) -> None:
    session.execute(
        "INSERT INTO source SELECT 0, 'some text', 'more text', 7, '2026-01-01'::TIMESTAMP_NTZ, PARSE_JSON('{\"a\": [1, 2]}')"
    )
    rows = 1
    while rows < ROWS:
        session.execute(f"INSERT INTO source SELECT k + {rows}, a, b, c, d, e FROM source WHERE k < {ROWS - rows}")
        rows *= 2


def insert(session: LocalSession, table: str) -> None:
    session.execute(f"TRUNCATE TABLE {table}")
    session.execute(f"INSERT INTO {table} SELECT * FROM source")


def opening(folder: Path) -> None:
    number = count()
    show("a fresh account", median(lambda: LocalAccount(folder / f"fresh{next(number)}").discard()) * 1000, 100, "ms")
    account = LocalAccount(folder / "big")
    session = account.session()
    session.execute("CREATE DATABASE db")
    for i in range(OBJECTS // 4):
        session.execute(f"CREATE TABLE t{i} (k INT, v VARCHAR)")
        session.execute(f"CREATE VIEW v{i} AS SELECT k FROM t{i}")
        session.execute(f"CREATE STREAM s{i} ON TABLE t{i}")
        session.execute(
            f"CREATE TASK k{i} WAREHOUSE = w SCHEDULE = '60 MINUTES' AS INSERT INTO t{i} SELECT k, v FROM s{i}"
        )
    session.close()
    account.close()
    opened: list[LocalAccount] = []
    found = []
    for _ in range(RUNS):
        found.append(seconds(lambda: opened.append(LocalAccount(folder / "big"))))
        opened.pop().close()
    show("an account with 1,000 objects, opened", statistics.median(found) * 1000, 150, "ms")


def round_trip(folder: Path) -> None:
    """A known statement over HTTP, as the official connector sends it, without what the connector itself takes."""
    from http.client import HTTPConnection

    from snowpipe_deploy.local.server.service import Service

    account = LocalAccount(folder / "served")
    service = Service(account, {"LOCAL": "x"})
    thread = threading.Thread(target=service.run)
    thread.start()
    client = HTTPConnection(service.host, service.port)

    def ask(path: str, body: object, token: str = "") -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f'Snowflake Token="{token}"'}
        client.request("POST", path, json.dumps(body), headers)
        return dict(json.loads(client.getresponse().read()))

    login = {"data": {"LOGIN_NAME": "LOCAL", "PASSWORD": "x", "ACCOUNT_NAME": "LOCAL"}}
    token = ask("/session/v1/login-request", login)["data"]["token"]
    query = {"sqlText": "SELECT 1", "sequenceId": 1}
    ask("/queries/v1/query-request", query, token)
    found = median(lambda: ask("/queries/v1/query-request", query, token), STATEMENTS)
    show("a known statement over HTTP, there and back", found * 1000, 4, "ms")
    client.close()
    service.stop()
    thread.join()
    service.close()
    account.close()


def whole_process() -> None:
    command = [sys.executable, "-m", "snowpipe_deploy"]
    subprocess.run([*command, "apply", "--env", "dev", "--yes", "-q"], check=True, cwd=ROOT, capture_output=True)
    status = [*command, "status", "--env", "dev"]
    show(
        "snowdeploy status --env dev, as a process",
        median(lambda: subprocess.run(status, check=True, cwd=ROOT, capture_output=True)),
        1,
        "s",
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        statement(Path(folder))
        tracked_insert(Path(folder))
        opening(Path(folder))
        round_trip(Path(folder))
    whole_process()


if __name__ == "__main__":
    main()
