"""The deployed video pipeline under test, and what holds its tables against the independent computation."""

import calendar
import json
import os
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path

from samples.expected import COUNTS, Expectation, Fact, Row, Version, ranking, risers, top_videos
from samples.generate import write_categories, write_day
from snowpipe_deploy import deploy
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.project import load

ROOT = Path(__file__).resolve().parent.parent
PROJECT = Path(os.environ.get("SNOWDEPLOY_TEST_PROJECT", ROOT))  # benchmarks/mutation.py tests changed ones
REAL = ROOT.parent / "shared" / "data" / "youtube"
FIRST = date(2017, 11, 14)
COUNTRIES = ("CA", "JP", "US")
TOP = 10  # top_videos of the environment


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
    environment = load_environment(PROJECT, "dev", sets=sets)
    account = LocalAccount(folder, now=now)
    session = account.session()
    plan = deploy.plan(load(PROJECT, environment), session)
    assert [o.detail for o in deploy.apply(plan, account) if o.status not in {"done", "running"}] == []
    account.close()


def check(pipeline: Pipeline, wanted: Expectation) -> None:
    """All tables, row by row: what came of each file, and what it became."""
    rejected = pipeline.rows("SELECT COUNTRY, REASON, FILE_ROW_NUMBER FROM STAGING.REJECTED_VIDEOS")
    assert sorted(map(str, rejected)) == sorted(str((r.country, r.reason, r.row)) for r in wanted.rejected)
    # a row that was rejected is kept as it came; a file that was rejected as a whole has one row without
    kept = "SELECT COUNT(*) FROM STAGING.REJECTED_VIDEOS WHERE (RAW_ROW IS NULL) <> (FILE_ROW_NUMBER IS NULL)"
    assert pipeline.rows(kept) == [(0,)]
    files = pipeline.rows(
        "SELECT FILE_NAME, ROWS_IN_FILE, ROWS_STAGED, ROWS_REJECTED, ROWS_DUPLICATE, REASON FROM ANALYTICS.FILE_OVERVIEW"
    )
    unread = re.compile(r"(; )?[0-9]+ not readable, the first at record .*", re.DOTALL)
    same(
        [[_name(str(name)), *counts, _name(unread.sub("", str(reason or "")))] for name, *counts, reason in files],
        [[_name(f.name), f.rows, f.staged, f.rejected, f.duplicate, _name(f.reason)] for f in wanted.files],
    )
    assert all(f.rows == f.staged + f.rejected + f.duplicate for f in wanted.files)
    check_content(pipeline, wanted)


def check_content(pipeline: Pipeline, wanted: Expectation) -> None:
    """Staging, versions, facts with changes, totals: row by row."""
    columns = [f.name for f in fields(Row)]
    same(
        pipeline.rows(f"SELECT {', '.join(columns)} FROM STAGING.VIDEOS"),
        [[_plain(getattr(row, name)) for name in columns] for row in wanted.rows.values()],
    )
    same(
        pipeline.rows(
            "SELECT VIDEO_ID, TITLE, CHANNEL_TITLE, CATEGORY_ID, VALID_FROM, VALID_TO, IS_CURRENT FROM DWH.DIM_VIDEO"
        ),
        [
            [v.video_id, v.title, v.channel_title, v.category_id, v.valid_from, v.valid_to, v.valid_to is None]
            for v in wanted.versions
        ],
    )
    trended = {day: calendar.monthrange(day.year, day.month)[1] for day in {f.trending_date for f in wanted.facts}}
    same(
        pipeline.rows("SELECT * FROM DWH.DIM_DATE"),
        [
            [int(f"{d:%Y%m%d}"), d, d.year, d.month, d.day, d.isoweekday(), d.isoweekday() >= 6, d.replace(day=last)]
            for d, last in trended.items()
        ],
    )
    same(
        pipeline.rows(
            "SELECT COUNTRY, CATEGORY_ID, TITLE, IS_ASSIGNABLE, VALID_FROM, VALID_TO, IS_CURRENT FROM DWH.DIM_CATEGORY"
        ),
        [[*key, *value, date(1900, 1, 1), None, True] for key, value in wanted.categories.items()],
    )
    names = ["video_id", "country", "trending_date", *COUNTS, *(f"{c}_change" for c in COUNTS)]
    same(
        pipeline.rows(
            f"SELECT F.{', F.'.join(names)}, F.DATE_KEY, D.VALID_FROM, C.COUNTRY, C.CATEGORY_ID FROM DWH.FACT_VIDEO_STATS F "
            "LEFT JOIN DWH.DIM_VIDEO D ON D.VIDEO_KEY = F.VIDEO_KEY LEFT JOIN DWH.DIM_CATEGORY C ON C.CATEGORY_KEY = F.CATEGORY_KEY"
        ),
        [
            [
                *(getattr(fact, name) for name in names),
                int(f"{fact.trending_date:%Y%m%d}"),
                _version(wanted, fact).valid_from,
                *(fact.category or (None, None)),
            ]
            for fact in wanted.facts
        ],
    )
    same(
        pipeline.rows(
            "SELECT COUNTRY, TRENDING_DATE, IS_WEEKEND, VIDEOS, VIEWS, LIKES, DISLIKES, COMMENT_COUNT FROM ANALYTICS.DAILY_METRICS"
        ),
        [
            [c, d, d.isoweekday() >= 6, t.videos, t.views, t.likes, t.dislikes, t.comment_count]
            for (c, d), t in wanted.totals.items()
        ],
    )
    same(pipeline.rows("SELECT * FROM ANALYTICS.CATEGORY_RANKING"), ranking(wanted))
    same(pipeline.rows("SELECT * FROM ANALYTICS.TOP_VIDEOS_BY_COUNTRY"), top_videos(wanted, TOP))
    same(
        pipeline.rows(
            "SELECT COUNTRY, TRENDING_DATE, PLACE, VIDEO_ID, VIEWS, VIEWS_CHANGE FROM ANALYTICS.FASTEST_RISERS"
        ),
        risers(wanted, TOP),
    )


def same(found: Sequence[Sequence[object]], wanted: Iterable[Sequence[object]]) -> None:
    """The same rows, in any order."""
    assert sorted(str(list(row)) for row in found) == sorted(str(list(row)) for row in wanted)


def _name(text: str) -> str:
    """Without the folder on the stage, and without what PUT adds to a name."""
    return re.sub(r"\b[A-Z]{2}/|[.]gz\b", "", text)


def _plain(value: object) -> object:
    """As the account gives it: an array is JSON text."""
    return json.dumps(list(value), indent=2, ensure_ascii=False) if isinstance(value, tuple) else value


def _version(wanted: Expectation, fact: Fact) -> Version:
    return next(
        v
        for v in wanted.by_video[fact.video_id]
        if v.valid_from <= fact.trending_date and (v.valid_to is None or fact.trending_date < v.valid_to)
    )


def days(folder: Path, count: int, videos: int = 40) -> list[list[Path]]:
    """A list of files per day; the categories come with the first one."""
    made = [write_day(folder, FIRST + timedelta(days=n), COUNTRIES, videos=videos) for n in range(count)]
    made[0] += write_categories(folder, COUNTRIES)
    return made
