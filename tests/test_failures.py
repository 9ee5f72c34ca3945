"""Every task of the video pipeline fails in turn, is killed, or finds the disk full: nothing is lost, nothing comes twice.

After each, `status` names the task and the cause, what is behind it did not run and says why, the finalizer has logged it, and
the next good run ends where a run without failure would have ended.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from samples.expected import expect
from samples.generate import write_categories, write_day
from snowpipe_deploy import deploy
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.project import load
from snowpipe_deploy.status.model import GraphRun
from snowpipe_deploy.status.observe import status
from tests.pipeline import ROOT, Pipeline, check, check_content, deploy_to

COUNTRIES = ("CA", "US")
TASKS = (
    "MONITOR_NEW_FILES", "PROCESS_NEW_CATEGORIES", "PROCESS_NEW_VIDEOS", "UPDATE_DIMENSIONS", "UPDATE_FACT_TABLE",
    "RUN_DATA_QUALITY", "REFRESH_ANALYTICS_VIEWS", "LOG_RUN_OUTCOME",
)  # fmt: skip
AWAY = "ALTER TABLE {0} RENAME TO {0}_AWAY; ALTER TABLE {0}_AWAY RENAME TO {0}"
# task: what breaks it; what mends it ("apply": the next deployment does)
FAULTS = {
    "MONITOR_NEW_FILES": AWAY.format("RAW.LOADED_FILES"),
    "PROCESS_NEW_CATEGORIES": AWAY.format("STAGING.REJECTED_CATEGORIES"),
    "PROCESS_NEW_VIDEOS": AWAY.format("STAGING.REJECTED_VIDEOS"),
    "UPDATE_DIMENSIONS": AWAY.format("DWH.DIM_DATE"),
    "UPDATE_FACT_TABLE": AWAY.format("DWH.FACT_VIDEO_STATS"),
    "RUN_DATA_QUALITY": AWAY.format("DWH.DATA_QUALITY_RESULTS"),
    "REFRESH_ANALYTICS_VIEWS": "DROP DYNAMIC TABLE ANALYTICS.FASTEST_RISERS; apply",
    "LOG_RUN_OUTCOME": "DROP PROCEDURE RAW.TRIM_LOGS(VARCHAR); apply",
}


class Days(Iterator[list[Path]]):
    """The files of one day after the other, and those that came so far, as loads for the expectation."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day, self.loads = folder, date(2017, 11, 14), list[list[Path]]()

    def __next__(self) -> list[Path]:
        files = write_day(self.folder, self.day, COUNTRIES, videos=25)
        if not self.loads:
            files += write_categories(self.folder, COUNTRIES)
        self.day += timedelta(days=1)
        self.loads.append(files)
        return files


def newest(pipeline: Pipeline) -> GraphRun:
    """What `snowdeploy status` says of the newest run."""
    project = load(ROOT, load_environment(ROOT, "dev"))
    return status(project, pipeline.session, environment="dev").graphs[0].runs[0]


def mend(pipeline: Pipeline, sql: str) -> None:
    if sql != "apply":
        pipeline.session.execute(sql)
        return
    plan = deploy.plan(load(ROOT, load_environment(ROOT, "dev")), pipeline.session)
    assert [o.detail for o in deploy.apply(plan, pipeline.account) if o.status not in {"done", "running"}] == []


def assert_failed(pipeline: Pipeline, task: str) -> None:
    """The newest run failed in this task alone, and everything says so."""
    found = newest(pipeline)
    lines = {line.task.name.last: line for line in found.tasks}
    assert found.state == "FAILED"
    assert lines[task].state == "FAILED"
    # a table that is gone, or a procedure
    assert re.search(r"'\S+' does not exist|Unknown user-defined function \S+TRIM_LOGS", lines[task].reason)
    behind = [name for name, line in lines.items() if not line.state]
    assert all(lines[name].reason.startswith("did not run: ") for name in behind)
    direct = [name for name in behind if task in [a.last for a in lines[name].task.after]]
    assert all(f"{task} failed" in lines[name].reason for name in direct)
    assert bool(direct) == (task not in {"REFRESH_ANALYTICS_VIEWS", "LOG_RUN_OUTCOME"})
    logged = pipeline.rows(
        "SELECT STATUS, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'LOG_RUN_OUTCOME' ORDER BY RUN_ID::NUMBER"
    )
    if task != "LOG_RUN_OUTCOME":
        assert lines["LOG_RUN_OUTCOME"].state == "SUCCEEDED"
        assert logged[-1][0] == "failed"
        assert str(logged[-1][1]).startswith(f"{task}: ")


@pytest.mark.parametrize("task", FAULTS)
def test_a_task_fails_once_and_three_times(pipeline: Pipeline, tmp_path: Path, task: str) -> None:
    broken, mended = FAULTS[task].split("; ")
    days = Days(tmp_path)
    pipeline.put(next(days))
    pipeline.run()
    for times, more in ((1, False), (3, True)):
        pipeline.put(next(days))
        if task == "LOG_RUN_OUTCOME":  # it trims once a day: let this be the next one
            pipeline.session.execute("DELETE FROM RAW.PIPELINE_LOG WHERE STEP = 'TRIM_LOGS'")
        pipeline.session.execute(broken)
        for _ in range(times):
            pipeline.run()
            assert_failed(pipeline, task)
            if more:
                pipeline.put(next(days))
        mend(pipeline, mended)
        states = pipeline.run()
        assert "FAILED" not in states.values(), pipeline.errors()
        assert newest(pipeline).state == "SUCCEEDED"
        check(pipeline, expect(days.loads))


def test_a_row_that_fails_a_check_stops_before_analytics(pipeline: Pipeline, tmp_path: Path) -> None:
    """Views that nobody has fail the check of severity error three times; the corrected file brings all up to date."""
    days = Days(tmp_path)
    pipeline.put(next(days))
    pipeline.run()
    shown = pipeline.rows("SELECT * FROM ANALYTICS.DAILY_METRICS")
    files = next(days)
    bad = tmp_path / "CAvideos_bad.csv"
    bad.write_text(
        HEAD
        + "abcdefghijk,17.15.11,T,C,24,2017-11-14T10:00:00.000Z,[none],999999999999999,1,1,1,x,False,False,False,d\n"
    )
    pipeline.put([*files, bad])
    for _ in range(3):
        states = pipeline.run()
        assert states["RUN_DATA_QUALITY"] == "FAILED"
        line = next(line for line in newest(pipeline).tasks if line.state == "FAILED")
        assert "data quality checks failed: views_are_plausible" in line.reason
        assert pipeline.rows("SELECT * FROM ANALYTICS.DAILY_METRICS") == shown
        bad_again = tmp_path / f"CAvideos_bad{_}.csv"  # the run judges what it wrote: the same row, changed a little
        bad_again.write_text(bad.read_text().replace("999999999999999", f"99999999999999{_}"))
        pipeline.put([bad_again])
        days.loads.append([bad_again])
    pipeline.run()
    good = tmp_path / "CAvideos_corrected.csv"
    good.write_text(bad.read_text().replace("999999999999999", "1000"))
    pipeline.put([good])
    assert set(pipeline.run().values()) == {"SUCCEEDED"}
    check(pipeline, expect([*days.loads[:1], [*files, bad], *days.loads[2:], [good]]))


HEAD = (
    "video_id,trending_date,title,channel_title,category_id,publish_time,tags,views,likes,dislikes,comment_count,"
    "thumbnail_link,comments_disabled,ratings_disabled,video_error_or_removed,description\n"
)

# Runs the graph in a process of its own, in which something goes wrong in the middle of a task.
PROCESS = """
import json, os, resource, signal, sys
from pathlib import Path
from snowpipe_deploy.local import engine, scheduler
from snowpipe_deploy.session import SqlError
from tests.pipeline import Pipeline

folder, task, room = sys.argv[1], sys.argv[2], int(sys.argv[3])
inside = [False]
statements = [0]

def run_task(self, run, found, before=scheduler.Scheduler._task):
    inside[0] = found["name"][-1] == task
    before(self, run, found)
    inside[0] = False

def run_statement(self, sql, values=None, before=engine.Engine.run):
    statements[0] += inside[0]
    if inside[0] and statements[0] == int(os.environ.get("KILL_AT", "0")):
        os.kill(os.getpid(), signal.SIGKILL)
    return before(self, sql, values)

scheduler.Scheduler._task, engine.Engine.run = run_task, run_statement
pipeline = Pipeline(Path(folder))
if room:
    size = (Path(folder) / "account.duckdb").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, resource.RLIM_INFINITY))
try:
    pipeline.run()
    errors = [str(e[1]) for e in pipeline.errors()]
except SqlError as error:  # the engine lets nothing be read after a checkpoint that failed, until it is opened again
    errors = [str(error)]
print(json.dumps({"statements": statements[0], "errors": errors}))
pipeline.account.close()
"""


def process(folder: Path, task: str = "", kill_at: int = 0, room: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROCESS, str(folder), task, str(room)],
        check=False, text=True, capture_output=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KILL_AT": str(kill_at)},
    )  # fmt: skip


def test_killed_inside_each_task(template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """SIGKILL in the middle of each task (of every third without --long); the next run catches up, the run that was killed says that
    it was."""
    account, days = tmp_path / "account", Days(tmp_path)
    shutil.copytree(template, account)
    for task in TASKS if request.config.getoption("--long") else TASKS[::3]:
        pipeline = Pipeline(account)
        pipeline.put(next(days))
        pipeline.account.close()
        shutil.copytree(account, tmp_path / "try")
        whole = json.loads(process(tmp_path / "try", task).stdout)["statements"]
        shutil.rmtree(tmp_path / "try")
        assert process(account, task, kill_at=max(2, whole // 2)).returncode == -signal.SIGKILL
        pipeline = Pipeline(account)
        lines = {line.task.name.last: line for line in newest(pipeline).tasks}
        assert lines[task].state == "CANCELLED", task
        assert "closed while the task ran" in lines[task].reason
        assert "FAILED" not in pipeline.run().values(), pipeline.errors()
        check(pipeline, expect(days.loads))
        pipeline.account.close()


@pytest.mark.parametrize("room", [1_000, 500_000, 2_000_000, 4_000_000])
def test_full_disk(template: Path, tmp_path: Path, room: int) -> None:
    """The file may grow by so many bytes only: a clear error, and with more room the next run catches up."""
    account = tmp_path / "account"
    shutil.copytree(template, account)
    pipeline = Pipeline(account)
    files = write_day(tmp_path, date(2017, 11, 14), ["US"], videos=12_000) + write_categories(tmp_path, ["US"])
    pipeline.put(files)
    pipeline.account.close()
    done = process(account, room=room)
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert any("the disk is full" in error for error in said["errors"])
    pipeline = Pipeline(account)
    assert "FAILED" not in pipeline.run().values(), pipeline.errors()
    check(pipeline, expect([files]))
    pipeline.account.close()


def test_two_weeks_and_more_by_the_clock(tmp_path: Path) -> None:
    """Every schedule fires at its time, no stream comes near to going stale, and old logs go."""
    start = datetime(2017, 11, 14, 1, tzinfo=UTC)
    deploy_to(tmp_path / "account", start, log_retention_days="15")
    pipeline, days = Pipeline(tmp_path / "account"), Days(tmp_path)
    runs = 0
    for day in range(20):
        if day % 4 == 0:
            pipeline.put(next(days))
            days.day += timedelta(days=3)
        runs += pipeline.account.tick(start + timedelta(days=day + 1))
        now = pipeline.account.shared.clock.now()
        assert all(
            row["stale_after"] - now > timedelta(days=10)
            for row in pipeline.session.execute("SHOW STREAMS IN ACCOUNT").dicts()
        )
    assert runs == 20 * 4
    assert pipeline.errors() == []
    times = pipeline.rows(
        "SELECT DISTINCT TO_VARCHAR(SCHEDULED_TIME, 'HH24:MI:SS') FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000))"
    )
    assert sorted(row[0] for row in times) == ["00:00:00", "06:00:00", "12:00:00", "18:00:00"]
    check_content(pipeline, expect(days.loads))
    for table, moment in (
        ("RAW.PIPELINE_LOG", "ENDED_AT"),
        ("STAGING.VIDEO_FILES", "PROCESSED_AT"),
        ("DWH.DATA_QUALITY_RESULTS", "CHECKED_AT"),
    ):
        oldest = pipeline.rows(
            f"SELECT DATEDIFF('day', MIN({moment}), '2017-12-04 01:00:00'::TIMESTAMP_LTZ) FROM {table}"
        )[0][0]
        assert 10 <= int(str(oldest)) <= 16
    pipeline.account.close()
