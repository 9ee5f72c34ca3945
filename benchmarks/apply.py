"""Seconds of `apply` above a bare script that imports the connector, logs in, runs one SELECT and closes.

`python benchmarks/apply.py [OBJECTS …] [--runs N]`, against the stand-in account of `../shared/bench` over HTTP with 50 ms a request.
All figures of one line are medians of one run on one machine; the statements are those that the stand-in counted.
"""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
LATENCY_MS = 50
LIMITS = {(95, "first apply"): 1.5, (95, "nothing to do"): 0.6, (95, "one task changed"): 1.0,
          (509, "first apply"): 3.0, (509, "nothing to do"): 0.8}  # fmt: skip
ENVIRONMENT = """
[project]
name = "bench"
[connection]
type = "snowflake"
name = "bench"
[scope]
database = "BENCH_DB"
"""
CONNECTION = """
[bench]
account = "test"
user = "test"
password = "test"
host = "127.0.0.1"
port = {port}
protocol = "http"
"""
BARE = """
import snowflake.connector
from snowflake.connector.config_manager import CONFIG_MANAGER
connection = snowflake.connector.connect(**CONFIG_MANAGER["connections"]["bench"])
connection.cursor().execute("SELECT 1").fetchall()
connection.close()
"""


def stand_in() -> ModuleType:
    """The stand-in account, with the DATEADD that its SQLite has not."""
    spec = importlib.util.spec_from_file_location("fakeaccount", BENCH / "fakeaccount.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no stand-in account in {BENCH}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["fakeaccount"] = module
    spec.loader.exec_module(module)
    plain = module.Account._sqlite_funcs

    def with_dates(account: Any) -> None:
        plain(account)
        account.sql_db.create_function(
            "DATEADD", 3,
            lambda unit, n, at: (datetime.fromisoformat(at) + timedelta(**{f"{unit}s": n})).strftime("%Y-%m-%d %H:%M:%S.%f"),
        )  # fmt: skip

    module.Account._sqlite_funcs = with_dates
    return module


@contextmanager
def account(port: int) -> Iterator[None]:
    command = [sys.executable, __file__, "serve", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                control(port, "stats")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def control(port: int, command: str, body: str = "") -> Any:
    payload = None if command == "stats" else body.encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_fake/{command}", payload, timeout=10) as answer:
        return json.loads(answer.read() or b"{}")


def generated(count: int, folder: Path, change: str = "") -> None:
    """The generated SQL as a project of ours: one object a file."""
    made = folder / "made"
    words = [
        sys.executable,
        str(BENCH / "gen.py"),
        str(count),
        "--out",
        str(made),
        *(["--change", change] if change else []),
    ]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    plain = next(made.iterdir()) / "plain" / "BENCH_DB"
    sql = folder / "sql"
    shutil.rmtree(sql, ignore_errors=True)
    shutil.copytree(plain, sql)
    (sql / "BENCH_DB.sql").unlink()
    shutil.rmtree(made)
    (folder / "environments").mkdir(exist_ok=True)
    (folder / "environments" / "dev.toml").write_text(ENVIRONMENT)


def timed(words: list[str], folder: Path, port: int) -> tuple[float, dict[str, Any]]:
    control(port, "mark?name=x")
    # as installed: the modules are compiled
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env = {**kept, "SNOWFLAKE_HOME": str(folder), "PYTHONPATH": str(ROOT), "SNOWDEPLOY_ENV": "dev"}
    started = time.perf_counter()
    done = subprocess.run(words, check=False, cwd=folder, env=env, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(
            f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
        )
    return seconds, control(port, "stats")


def measure(count: int, port: int, runs: int) -> Iterator[tuple[str, list[float], int]]:
    snowdeploy = [sys.executable, "-m", "snowpipe_deploy", "apply", "--yes", "-q"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        connections = folder / "connections.toml"
        connections.write_text(CONNECTION.format(port=port))
        connections.chmod(0o600)
        control(port, "reset")
        steps = {"first apply": "", "nothing to do": "", "one task changed": "task"}
        times: dict[str, list[float]] = {"bare": [], **{step: [] for step in steps}}
        statements: dict[str, int] = {}
        for _ in range(runs):
            control(port, "reset")
            control(port, "run", "CREATE WAREHOUSE BENCH_WH")
            times["bare"].append(timed([sys.executable, "-c", BARE], folder, port)[0])
            for step, change in steps.items():
                generated(count, folder, change)
                seconds, counts = timed(snowdeploy, folder, port)
                times[step].append(seconds)
                statements[step] = int(counts["statements"])
                if counts["notes"]:
                    print(f"  the stand-in notes: {counts['notes']}")
        for step in steps:
            above = [a - b for a, b in zip(times[step], times["bare"], strict=True)]
            yield step, above, statements[step]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("objects", nargs="*", default=["95", "509"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--port", type=int, default=8085)
    given = parser.parse_args()
    if given.objects[0] == "serve":
        sys.argv = ["fakeaccount", "--port", given.objects[1], "--latency-ms", str(LATENCY_MS)]
        stand_in().main()
        return
    with account(given.port):
        for count in map(int, given.objects):
            for step, above, statements in measure(count, given.port, given.runs):
                middle, limit = statistics.median(above), LIMITS.get((count, step))
                verdict = "" if limit is None else f"  limit +{limit} s  {'ok' if middle <= limit else 'OVER'}"
                print(
                    f"{count:>5} objects, {step:<17} +{middle:5.2f} s  {statements:>4} statements{verdict}", flush=True
                )


if __name__ == "__main__":
    main()
