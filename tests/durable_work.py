"""Some of everything that an account remembers, done step by step, by a process that is killed at a chosen point of it."""

import gzip
import os
import shutil
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.engine import Engine

START = datetime(2026, 3, 1, tzinfo=UTC)
MAKE = """
CREATE DATABASE db;
CREATE TABLE t (k INT, v VARCHAR);
CREATE TABLE sink (k INT, a VARCHAR);
CREATE TABLE loaded (k INT);
CREATE VIEW w AS SELECT k FROM t WHERE k > 1;
CREATE STREAM s ON TABLE t;
CREATE STREAM sw ON VIEW w;
CREATE STAGE sg;
CREATE STAGE gone;
CREATE DYNAMIC TABLE d SCHEDULER = DISABLE WAREHOUSE = wh AS SELECT COUNT(*) AS n FROM t;
CREATE PIPE p AS COPY INTO loaded FROM @sg FILE_FORMAT = (TYPE = CSV);
CREATE TASK root WAREHOUSE = wh SCHEDULE = '60 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('s')
  AS INSERT INTO sink SELECT k, METADATA$ACTION FROM s;
CREATE TASK child WAREHOUSE = wh AFTER root AS INSERT INTO sink SELECT k, 'child' FROM sw
"""
# `put NAME ROWS` and `tick` stand for themselves, `a; b` are the statements of one step
WORK = (
    "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    "UPDATE t SET v = 'x' WHERE k > 1",
    "put gone 1", "put sg 2", "put sg 3",
    "COPY INTO loaded FROM @sg FILE_FORMAT = (TYPE = CSV)",
    "BEGIN; INSERT INTO sink SELECT k, METADATA$ACTION FROM s; DELETE FROM t WHERE k = 2; COMMIT",
    "BEGIN; INSERT INTO sink SELECT k, 'never' FROM sw; INSERT INTO t VALUES (9, 'never'); ROLLBACK",
    "ALTER DYNAMIC TABLE d REFRESH",
    "MERGE INTO t USING (SELECT 3 AS k UNION ALL SELECT 4) n ON t.k = n.k WHEN MATCHED THEN UPDATE SET v = 'm' WHEN NOT MATCHED THEN INSERT (k, v) VALUES (n.k, 'n')",
    "ALTER TASK child RESUME", "ALTER TASK root RESUME",
    "tick",
    "REMOVE @sg/2.csv.gz",
    "put sg 4",
    "ALTER PIPE p REFRESH",
    "ALTER TABLE t ADD COLUMN more INT DEFAULT 7",
    "DROP STAGE gone",
    "CREATE OR REPLACE TABLE sink AS SELECT k, a FROM sink",
    "ALTER TASK root SUSPEND",
    "TRUNCATE TABLE loaded",
    "DROP TABLE loaded",
)  # fmt: skip


def make(folder: Path) -> None:
    account = LocalAccount(folder, now=START)
    account.freeze()
    session = account.session()
    for sql in MAKE.split(";"):
        session.execute(sql)
    session.close()
    account.close()


class Worker:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = LocalAccount(folder)
        self.session = self.account.session()
        self.session.execute("USE SCHEMA db.public")
        self.account.loader.settle()  # a pipe goes on where it was cut off

    def do(self, step: str) -> None:
        match step.split():
            case ["tick"]:
                self.account.tick(self.account.now() + timedelta(minutes=60))
            case ["put", stage, number]:
                file = self.folder.parent / f"{number}.csv"
                file.write_text(f"{number}\n" * 50)
                self.session.execute(f"PUT 'file://{file}' @{stage}")
            case _:
                for sql in step.split("; "):
                    self.session.execute(sql)
        self.account.settle()
        self.account.loader.settle()

    def close(self) -> None:
        self.session.close()
        self.account.close()


READS = {
    "t": "SELECT * FROM t", "sink": "SELECT * FROM sink", "d": "SELECT * FROM d", "loaded": "SELECT * FROM loaded",
    "s": "SELECT k, METADATA$ACTION, METADATA$ISUPDATE FROM s", "sw": "SELECT k, METADATA$ACTION FROM sw",
    "stages": 'SHOW STAGES ->> SELECT "name" FROM $1', "files": 'LIST @sg ->> SELECT "name", "md5" FROM $1',
    "gone": 'LIST @gone ->> SELECT "name", "md5" FROM $1',
    "tasks": 'SHOW TASKS ->> SELECT "name", "state" FROM $1',
    "runs": "SELECT NAME, STATE, SCHEDULED_TIME, ATTEMPT_NUMBER FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE STATE <> 'SCHEDULED'",
    "loads": "SELECT FILE_NAME, STATUS, ROW_COUNT, PIPE_NAME FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'loaded', "
    "START_TIME => '2026-03-01 00:00:00'::TIMESTAMP_LTZ))",
    "refreshes": "SELECT STATE, REFRESH_ACTION FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'db.public.d'))",
    "again": "COPY INTO loaded FROM @sg FILE_FORMAT = (TYPE = CSV)",
}  # fmt: skip


def everything(worker: Worker) -> dict[str, Any]:
    """All that the account remembers, in a form that can be compared; files by their content. The last COPY loads what is not loaded yet."""
    found: dict[str, Any] = {}
    for name, sql in READS.items():
        try:
            found[name] = sorted(map(repr, worker.session.execute(sql).rows))
        except Exception as error:  # noqa: BLE001 - what is gone is told by its error
            found[name] = str(error)
    rows = worker.account.shared.engine.all("SELECT stage, path, file FROM _account.stage_files ORDER BY ALL")
    found["contents"] = [
        (path, gzip.decompress((worker.account.shared.files / str(file)).read_bytes())) for _, path, file in rows
    ]
    found["clock"] = worker.account.now()
    return found


def counted(kill_at: int) -> list[int]:
    """Counts the points at which the process may die, each call of the engine and of the file system, and dies at one."""
    seen = [0]

    def at(call: Callable[..., Any]) -> Callable[..., Any]:
        def point(*arguments: Any, **named: Any) -> Any:
            seen[0] += 1
            if seen[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return point

    for owner, names in (
        (Engine, ("run", "all", "query", "close")),
        (Path, ("replace", "unlink", "open")),
        (shutil, ("rmtree",)),
    ):
        for name in names:
            setattr(owner, name, at(getattr(owner, name)))
    return seen


def work(folder: Path, kill_at: int, progress: Any) -> None:
    """Runs in a process of its own."""
    seen = counted(kill_at)
    worker = Worker(folder)
    for number, step in enumerate(WORK):
        progress.value = number
        worker.do(step)
    progress.value = len(WORK)
    worker.close()
    progress.value = -seen[0]
