"""The deployed video pipeline under test, and what holds its tables against the independent computation."""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from samples.expected import COUNTS, Expectation
from samples.generate import write_categories, write_day
from snowpipe_deploy import deploy
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.project import load

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "youtube"
FIRST = date(2017, 11, 14)
COUNTRIES = ("CA", "JP", "US")


class Pipeline:
    """The deployed pipeline on an account of its own."""

    def __init__(self, folder: Path) -> None:
        self.account = LocalAccount(folder)
        self.session = self.account.session()
        self.session.execute("USE DATABASE YOUTUBE_ANALYTICS_DEV")

    def put(self, files: Sequence[Path]) -> None:
        for file in files:
            self.session.execute(f"PUT file://{file} @RAW.VIDEO_STAGE/{file.name[:2]} OVERWRITE = TRUE")

    def run(self) -> dict[str, str]:
        """One run of the graph; the states of its tasks."""
        self.session.execute("EXECUTE TASK RAW.MONITOR_NEW_FILES")
        while self.account.scheduler.active:
            time.sleep(0.005)
        newest = (
            "SELECT MAX(GRAPH_RUN_GROUP_ID::NUMBER) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000))"
        )
        group = self.session.execute(newest).scalar()
        rows = self.session.execute(
            "SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000)) "
            f"WHERE GRAPH_RUN_GROUP_ID = '{group}'"
        ).rows
        return {str(name): str(state) for name, state in rows}

    def errors(self) -> list[tuple[object, ...]]:
        """The tasks that failed so far, with their words."""
        return self.rows(
            "SELECT NAME, ERROR_MESSAGE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000)) WHERE STATE = 'FAILED'"
        )

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return list(self.session.execute(sql).rows)


def deploy_to(folder: Path, now: datetime | None = None, **sets: str) -> None:
    """Deploys the project to an account whose clock begins at `now`."""
    environment = load_environment(ROOT, "dev", sets=sets)
    account = LocalAccount(folder, now=now)
    session = account.session()
    plan = deploy.plan(load(ROOT, environment), session)
    assert [o.detail for o in deploy.apply(plan, account) if o.status not in {"done", "running"}] == []
    account.close()


def check(pipeline: Pipeline, wanted: Expectation) -> None:
    """All tables, row by row: what came of each file, and what it became."""
    rejected = pipeline.rows("SELECT COUNTRY, REASON, FILE_ROW_NUMBER FROM STAGING.REJECTED_VIDEOS")
    assert sorted(map(str, rejected)) == sorted(str((r.country, r.reason, r.row)) for r in wanted.rejected)
    files = pipeline.rows(
        "SELECT SPLIT_PART(FILE_NAME, '/', -1), ROWS_IN_FILE, ROWS_STAGED, ROWS_REJECTED, ROWS_DUPLICATE FROM ANALYTICS.FILE_OVERVIEW"
    )
    assert sorted(str((str(name).removesuffix(".gz"), *counts)) for name, *counts in files) == sorted(
        str((f.name.removesuffix(".gz"), f.rows, f.staged, f.rejected, f.duplicate)) for f in wanted.files
    )
    assert all(f.rows == f.staged + f.rejected + f.duplicate for f in wanted.files)
    check_content(pipeline, wanted)


def check_content(pipeline: Pipeline, wanted: Expectation) -> None:
    """Staging, versions, facts with changes, totals: row by row."""
    staged = pipeline.rows("SELECT VIDEO_ID, COUNTRY, TRENDING_DATE, TITLE, VIEWS, DESCRIPTION FROM STAGING.VIDEOS")
    assert sorted(map(str, staged)) == sorted(
        str((r.video_id, r.country, r.trending_date, r.title, r.views, r.description)) for r in wanted.rows.values()
    )
    versions = pipeline.rows(
        "SELECT VIDEO_ID, TITLE, CHANNEL_TITLE, CATEGORY_ID, VALID_FROM, VALID_TO FROM DWH.DIM_VIDEO"
    )
    assert sorted(map(str, versions)) == sorted(
        str((v.video_id, v.title, v.channel_title, v.category_id, v.valid_from, v.valid_to)) for v in wanted.versions
    )
    columns = ", ".join(["VIDEO_ID", "COUNTRY", "TRENDING_DATE", *COUNTS, *(f"{c}_CHANGE" for c in COUNTS)])
    facts = pipeline.rows(f"SELECT {columns}, CATEGORY_KEY IS NOT NULL FROM DWH.FACT_VIDEO_STATS")
    names = ["video_id", "country", "trending_date", *COUNTS, *(f"{c}_change" for c in COUNTS), "has_category"]
    assert sorted(map(str, facts)) == sorted(str(tuple(getattr(f, n) for n in names)) for f in wanted.facts)
    totals = pipeline.rows("SELECT COUNTRY, TRENDING_DATE, VIDEOS, VIEWS, LIKES FROM ANALYTICS.DAILY_METRICS")
    assert sorted(map(str, totals)) == sorted(
        str((c, d, t.videos, t.views, t.likes)) for (c, d), t in wanted.totals.items()
    )
    broken = "SELECT COUNT(*) FROM DWH.FACT_VIDEO_STATS F LEFT JOIN DWH.DIM_VIDEO D ON D.VIDEO_KEY = F.VIDEO_KEY WHERE D.VIDEO_KEY IS NULL"
    assert pipeline.rows(broken) == [(0,)]


def days(folder: Path, count: int, videos: int = 40) -> list[list[Path]]:
    """A list of files per day; the categories come with the first one."""
    made = [write_day(folder, FIRST + timedelta(days=n), COUNTRIES, videos=videos) for n in range(count)]
    made[0] += write_categories(folder, COUNTRIES)
    return made
