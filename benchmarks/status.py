"""How many statements `status` sends and how long it takes on a big, distant account: `python benchmarks/status.py`.

The account is made up here: it answers the very statements of `snowpipe_deploy/status/queries` with rows for so many task graphs,
streams, dynamic tables and runs, each statement after the latency. Reading, causes and the printed text are the real ones.
"""

import argparse
import io
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from rich.console import Console

from snowpipe_deploy.cli._show import status as show
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Result, SqlError
from snowpipe_deploy.status.observe import status
from snowpipe_deploy.templates import plain

GRAPHS, TASKS, ROWS = 200, 7, 10_000  # graphs, tasks in each, rows of history
STATEMENTS, SECONDS = 12, 1.5  # what may be sent, and how long it may take
RUNS = 5
NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
DATABASE = "BENCH"


def name_of(graph: int, task: int) -> str:
    return f"G{graph:03}_T{task}"


def tasks() -> Result:
    """SHOW TASKS: a root, a chain, two that join, a finalizer; every tenth graph is suspended in one way or another."""
    columns = ("created_on", "name", "id", "database_name", "schema_name", "owner", "warehouse", "schedule", "predecessors", "state",
               "definition", "condition", "last_committed_on", "last_suspended_on", "last_suspended_reason", "task_relations")  # fmt: skip
    rows = []
    for graph in range(GRAPHS):
        for task in range(TASKS):
            before = [] if task in {0, TASKS - 1} else [f"{DATABASE}.S.{name_of(graph, task - 1)}"]
            relations = f'{{"FinalizedRootTask": "{DATABASE}.S.{name_of(graph, 0)}"}}' if task == TASKS - 1 else "{}"
            asleep = graph % 10 == 0 and task in {0, 3}
            rows.append((
                NOW - timedelta(days=30), name_of(graph, task), str(1000 * graph + task), DATABASE, "S", "OWNER", "WH",
                "60 MINUTES" if task == 0 else None, str(before).replace("'", '"'), "suspended" if asleep else "started",
                f"BEGIN INSERT INTO T{graph} SELECT * FROM STREAM_{graph}; END", f"SYSTEM$STREAM_HAS_DATA('STREAM_{graph}')" if task == 1 else None,
                NOW - timedelta(days=29), NOW - timedelta(days=1) if asleep else None, "USER_SUSPENDED" if asleep else None, relations,
            ))  # fmt: skip
    return Result(columns, tuple(rows))


def streams() -> Result:
    columns = ("name", "database_name", "schema_name", "table_name", "stale", "stale_after", "invalid_reason", "mode")
    return Result(columns, tuple(
        (f"STREAM_{i}", DATABASE, "S", f"{DATABASE}.S.T{i}", "false", NOW + timedelta(days=10), "N/A", "DEFAULT") for i in range(GRAPHS)
    ))  # fmt: skip


def dynamic_tables() -> Result:
    columns = ("name", "database_name", "schema_name", "target_lag", "scheduler", "refresh_mode", "refresh_mode_reason", "scheduling_state",
               "data_timestamp")  # fmt: skip
    return Result(columns, tuple(
        (f"D{i}", DATABASE, "S", "1 hour", "ENABLE", "INCREMENTAL", None, "RUNNING", NOW - timedelta(minutes=i)) for i in range(GRAPHS)
    ))  # fmt: skip


def history() -> Result:
    """Runs from the newest back; in every seventh run the third task failed and the rest did not run."""
    columns = ("SCHEMA_NAME", "NAME", "STATE", "RUN_GROUP", "RUN_ID", "ROOT_TASK_ID", "SCHEDULED_FROM", "SCHEDULED_TIME", "QUERY_START_TIME",
               "COMPLETED_TIME", "NEXT_SCHEDULED_TIME", "QUERY_ID", "ERROR_CODE", "ERROR_MESSAGE", "RETURN_VALUE", "CONDITION_TEXT",
               "ATTEMPT_NUMBER", "GRAPH_VERSION", "CONFIG")  # fmt: skip
    rows: list[tuple[object, ...]] = []
    run = 0
    while len(rows) < ROWS:
        graph, hours = run % GRAPHS, run // GRAPHS
        due = NOW - timedelta(hours=hours, minutes=5)
        for task in range(TASKS):
            failed = run % 7 == 0 and task == 2
            if run % 7 == 0 and 2 < task < TASKS - 1:
                continue
            begun = due + timedelta(seconds=10 * task)
            rows.append((
                "S", name_of(graph, task), "FAILED" if failed else "SUCCEEDED", str(1_000_000 - run), int(due.timestamp() * 1000),
                str(1000 * graph), "SCHEDULE", due, begun, begun + timedelta(seconds=8), due + timedelta(hours=1) if task == 0 else None,
                f"01b{run:08}-{task}", "100051" if failed else None, "Division by zero" if failed else None, None, None, 1, 3, None,
            ))  # fmt: skip
        run += 1
    return Result(columns, tuple(rows[:ROWS]))


def graphs_under_way() -> Result:
    columns = ("ROOT_TASK_NAME", "SCHEMA_NAME", "STATE", "SCHEDULED_FROM", "SCHEDULED_TIME", "RUN_GROUP")
    return Result(columns, tuple(
        (name_of(i, 0), "S", "SCHEDULED", "SCHEDULE", NOW + timedelta(minutes=55), str(2_000_000 + i)) for i in range(GRAPHS)
    ))  # fmt: skip


def refreshes() -> Result:
    columns = (
        "NAME",
        "SCHEMA_NAME",
        "STATE",
        "STATE_MESSAGE",
        "REFRESH_ACTION",
        "REFRESH_START_TIME",
        "DATA_TIMESTAMP",
    )
    return Result(columns, tuple(
        (f"D{i}", "S", "SUCCEEDED", None, "INCREMENTAL", NOW - timedelta(minutes=i), NOW) for i in range(GRAPHS)
    ))  # fmt: skip


def deployments() -> Result:
    columns = ("WHAT", "DEPLOYMENT", "KIND", "NAME", "ACTION", "STATUS", "WHO", "DETAIL", "SINCE", "UNTIL")
    rows: list[tuple[object, ...]] = [
        ("deployment", "D1", "", "", "", "done", "somebody", "", NOW - timedelta(days=2), NOW)
    ]
    for graph in range(GRAPHS):
        for task in range(TASKS):
            name = f"S.{name_of(graph, task)}"
            rows.append(
                ("step", "D1", "TASK", name, f"resume task {name}", "done", "", "", NOW - timedelta(days=2), None)
            )
            rows.append(
                (
                    "object",
                    "D1",
                    "TASK",
                    name,
                    "",
                    "started",
                    "",
                    '{"comment": "", "warehouse": "WH"}',
                    NOW - timedelta(days=2),
                    None,
                )
            )
    rows.append(("object", "D1", "TABLE", "S.LOADED", "", "", "", "{}", NOW - timedelta(days=2), None))
    return Result(columns, tuple(rows))


PROJECT = """
CREATE SCHEMA S;
CREATE STAGE S.FILES;
CREATE TABLE S.LOADED (A NUMBER);
CREATE TASK S.LOAD AS COPY INTO S.LOADED FROM @S.FILES;
"""
ANSWERS: dict[str, Callable[[], Result]] = {
    "SHOW TASKS": tasks, "SHOW STREAMS": streams, "SHOW DYNAMIC TABLES": dynamic_tables, "TASK_HISTORY": history,
    "CURRENT_TASK_GRAPHS": graphs_under_way, "DYNAMIC_TABLE_REFRESH_HISTORY": refreshes, "'deployment' AS WHAT": deployments,
    "SHOW PIPES": lambda: Result(("name", "database_name", "schema_name", "invalid_reason"), (("P", DATABASE, "S", ""),)),
    "SHOW ALERTS": lambda: Result(("name", "schema_name", "state", "schedule"), (("A", "S", "started", "1 MINUTE"),)),
    "ALERT_HISTORY": lambda: Result(("NAME", "SCHEMA_NAME", "STATE", "SQL_ERROR_MESSAGE", "SCHEDULED_TIME"), ()),
    "COPY_HISTORY": lambda: Result(
        ("TARGET", "FILE_NAME", "STATUS", "ROW_COUNT", "ROW_PARSED", "ERROR_COUNT", "LAST_LOAD_TIME", "FIRST_ERROR_MESSAGE"), ()),
}  # fmt: skip


class Distant:
    """A session that answers after the latency; `sent` counts its statements."""

    def __init__(self, latency: float) -> None:
        self.latency, self.sent, self._lock = latency, 0, threading.Lock()
        self._kept = {word: answer() for word, answer in ANSWERS.items()}

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        with ThreadPoolExecutor(len(statements)) as pool:
            return list(pool.map(self.execute, statements))

    def execute(self, sql: str, tag: str = "") -> Result:
        del tag
        with self._lock:
            self.sent += 1
        time.sleep(self.latency)
        if "AS NOW" in sql:
            asked = sql.count("SYSTEM$STREAM_HAS_DATA")
            names = ("NOW", "WAREHOUSE", *(f"S{i}" for i in range(asked)), "P0")
            return Result(names, ((NOW, "WH", *(i % 2 == 0 for i in range(asked)), '{"executionState": "RUNNING"}'),))
        return next(answer for word, answer in self._kept.items() if word in sql)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency-ms", type=float, default=50)
    latency = parser.parse_args().latency_ms / 1000
    project = from_texts("bench", Scope(DATABASE), [plain("s.sql", PROJECT)])
    reading, printing, sent = [], [], 0
    for _ in range(RUNS):
        account = Distant(latency)
        started = time.perf_counter()
        found = status(project, account, environment="prod")
        read = time.perf_counter()
        show.text(Console(file=io.StringIO(), width=10_000, highlight=False, emoji=False, soft_wrap=True), found)
        reading.append(read - started)
        printing.append(time.perf_counter() - read)
        sent = max(sent, account.sent)
    count = sum(len(g.order) for g in found.graphs)
    seconds = statistics.median(map(sum, zip(reading, printing, strict=True)))
    good = sent <= STATEMENTS and seconds <= SECONDS
    print(
        f"{len(found.graphs)} graphs, {count} tasks, {ROWS} rows of history, {len(found.problems)} problems, {latency * 1000:.0f} ms a statement"
    )
    print(f"statements {sent} (limit {STATEMENTS})")
    print(f"read and explained {statistics.median(reading):.2f} s, printed {statistics.median(printing):.2f} s: {seconds:.2f} s after the "
          f"connection was there, {seconds / latency:.0f} x the latency (limit {SECONDS} s)  {'ok' if good else 'OVER'}")  # fmt: skip
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
