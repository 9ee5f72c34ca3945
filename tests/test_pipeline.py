"""The video pipeline itself, run on the local account and held against a computation in plain Python."""

import random
import shutil
from pathlib import Path

import pytest

from samples.expected import expect
from tests.pipeline import REAL, Pipeline, check, days, deploy_to, same


def test_day_by_day_equals_the_independent_computation(pipeline: Pipeline, tmp_path: Path) -> None:
    loads = days(tmp_path, 5)
    for files in loads:
        pipeline.put(files)
        states = pipeline.run()
        assert set(states.values()) == {"SUCCEEDED"}
        assert len(states) == 8
    check(pipeline, expect(loads))
    outcomes = pipeline.rows("SELECT STATUS, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'LOG_RUN_OUTCOME'")
    assert outcomes == [("succeeded", None)] * 5


def test_late_doubled_and_renamed_files_change_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    loads = days(tmp_path, 4)
    order = loads.copy()
    random.Random(3).shuffle(order)
    for files in order:
        pipeline.put(files)
        pipeline.run()
    check(pipeline, expect(order))
    before = pipeline.rows("SELECT MAX(UPDATED_AT) FROM DWH.FACT_VIDEO_STATS")
    copies = [
        Path(shutil.copy(path, tmp_path / f"{path.name[:2]}videos_again_{path.name[8:]}")) for path in loads[1][:3]
    ]
    pipeline.put([*loads[0], *copies])
    pipeline.run()
    assert pipeline.rows("SELECT MAX(UPDATED_AT) FROM DWH.FACT_VIDEO_STATS") == before
    assert len(pipeline.rows("SELECT DISTINCT FILE_NAME FROM RAW.VIDEOS")) == 12 + 3
    # the same bytes for another country say something new, and once more in the same drop they do not
    abroad = [Path(shutil.copy(loads[2][0], tmp_path / f"GBvideos_{name}.csv.gz")) for name in ("one", "two")]
    pipeline.put(abroad)
    pipeline.run()
    check(pipeline, expect([*order, copies, abroad]))


def test_what_says_nothing_new_is_not_touched(pipeline: Pipeline, tmp_path: Path) -> None:
    """The second day makes all versions and days of its videos computed anew, and its lists all categories."""
    loads = days(tmp_path, 2)
    tables = {
        "STAGING.CATEGORIES": "COUNTRY, CATEGORY_ID, LOADED_ON, TITLE",
        "DWH.DIM_VIDEO": "VIDEO_KEY, TITLE, CHANNEL_TITLE, CATEGORY_ID, VALID_TO",
        "DWH.DIM_CATEGORY": "CATEGORY_KEY, TITLE, VALID_TO",
        "DWH.FACT_VIDEO_STATS": "VIDEO_ID, COUNTRY, TRENDING_DATE, VIDEO_KEY, CATEGORY_KEY, VIEWS, VIEWS_CHANGE",
    }
    pipeline.put(loads[0])
    pipeline.run()
    before = {name: set(pipeline.rows(f"SELECT {columns} FROM {name}")) for name, columns in tables.items()}
    touched = {name: pipeline.rows(f"SELECT MAX(UPDATED_AT) FROM {name}")[0][0] for name in tables}
    lists = [path for path in loads[0] if "category" in path.name]
    for path in lists:
        path.write_text(path.read_text() + "\n")  # other bytes, or COPY would pass over it
    pipeline.put([*loads[1], *lists])
    pipeline.run()
    assert len(pipeline.rows("SELECT FILE_NAME FROM RAW.CATEGORIES")) == 2 * len(lists)
    for name, columns in tables.items():
        sql = f"SELECT {columns} FROM {name} WHERE UPDATED_AT > '{touched[name]}'::TIMESTAMP_LTZ"
        assert before[name] & set(pipeline.rows(sql)) == set(), name
        kept = before[name] & set(pipeline.rows(f"SELECT {columns} FROM {name}"))
        assert kept if name == "DWH.DIM_VIDEO" else kept == before[name], name  # versions of videos may end


def test_a_day_that_is_deleted_by_hand_goes_from_the_facts(pipeline: Pipeline, tmp_path: Path) -> None:
    loads = days(tmp_path, 3)
    for files in loads:
        pipeline.put(files)
        pipeline.run()
    pipeline.session.execute("DELETE FROM STAGING.VIDEOS WHERE TRENDING_DATE = '2017-11-15'")
    assert set(pipeline.run().values()) == {"SUCCEEDED"}
    wanted = expect([loads[0], loads[2]])
    facts = pipeline.rows("SELECT VIDEO_ID, COUNTRY, TRENDING_DATE, VIEWS, VIEWS_CHANGE FROM DWH.FACT_VIDEO_STATS")
    same(facts, [(f.video_id, f.country, f.trending_date, f.views, f.views_change) for f in wanted.facts])
    versions = pipeline.rows("SELECT VIDEO_ID, TITLE, VALID_FROM, VALID_TO FROM DWH.DIM_VIDEO")
    same(versions, [(v.video_id, v.title, v.valid_from, v.valid_to) for v in wanted.versions])


def test_a_row_that_is_deleted_by_hand_goes_alone(pipeline: Pipeline, tmp_path: Path) -> None:
    """Not the other days of its video, nor the same day in another country; other videos of the day changed with it."""
    loads = days(tmp_path, 2)
    us = next(path for path in loads[1] if path.name.startswith("USvideos"))
    loads[1].append(Path(shutil.copy(us, tmp_path / us.name.replace("US", "GB"))))
    for files in loads:
        pipeline.put(files)
        pipeline.run()
    facts = "SELECT VIDEO_ID, COUNTRY, TO_VARCHAR(TRENDING_DATE) FROM DWH.FACT_VIDEO_STATS"
    keys = pipeline.rows("SELECT COUNTRY, VIDEO_ID FROM STAGING.VIDEOS WHERE TRENDING_DATE = '2017-11-14'")
    video = min(str(video) for country, video in keys if country == "US" and ("JP", video) not in keys)
    assert (video, "GB", "2017-11-15") in pipeline.rows(facts)
    for country in ("GB", "US"):
        before = set(pipeline.rows(facts))
        day = f"COUNTRY = '{country}' AND TRENDING_DATE = '2017-11-15'"
        pipeline.session.execute(f"DELETE FROM STAGING.VIDEOS WHERE VIDEO_ID = '{video}' AND {day}")
        pipeline.session.execute(f"UPDATE STAGING.VIDEOS SET LIKES = LIKES + 1 WHERE {day}")
        assert set(pipeline.run().values()) == {"SUCCEEDED"}
        after = pipeline.rows(facts)
        assert before - set(after) == {(video, country, "2017-11-15")}
        assert len(after) == len(before) - 1


def test_a_run_with_nothing_new_skips_both_process_tasks(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.put(days(tmp_path, 1)[0])
    pipeline.run()
    states = pipeline.run()
    assert states == {
        "MONITOR_NEW_FILES": "SUCCEEDED", "PROCESS_NEW_VIDEOS": "SKIPPED", "PROCESS_NEW_CATEGORIES": "SKIPPED",
        "LOG_RUN_OUTCOME": "SUCCEEDED",
    }  # fmt: skip


def test_a_drop_with_only_videos_flows_to_the_end(pipeline: Pipeline, tmp_path: Path) -> None:
    loads = days(tmp_path, 1)
    videos = [p for p in loads[0] if "videos" in p.name]
    categories = [p for p in loads[0] if "category" in p.name]
    pipeline.put(videos)
    assert set(pipeline.run().values()) == {"SUCCEEDED"}
    check(pipeline, expect([videos]))
    # the lists come one country after the other: each names the videos of its own country, and of no other
    for number, _ in enumerate(categories, start=1):
        pipeline.put(categories[number - 1 : number])
        assert set(pipeline.run().values()) == {"SUCCEEDED"}
        check(pipeline, expect([videos, *([file] for file in categories[:number])]))


@pytest.mark.parametrize(
    ("table", "task"),
    [
        ("STAGING.REJECTED_VIDEOS", "PROCESS_NEW_VIDEOS"),
        ("STAGING.CATEGORIES", "PROCESS_NEW_CATEGORIES"),
        ("DWH.DIM_DATE", "UPDATE_DIMENSIONS"),
        ("DWH.FACT_VIDEO_STATS", "UPDATE_FACT_TABLE"),
        ("DWH.DATA_QUALITY_RESULTS", "RUN_DATA_QUALITY"),
    ],
)
def test_after_a_failure_the_next_run_catches_up(pipeline: Pipeline, tmp_path: Path, table: str, task: str) -> None:
    """A table is away for one run; the run after it has no new file and still ends where it should."""
    loads = days(tmp_path, 2)
    pipeline.put(loads[0])
    pipeline.run()
    pipeline.put(loads[1])
    pipeline.session.execute(f"ALTER TABLE {table} RENAME TO {table}_AWAY")
    states = pipeline.run()
    assert states[task] == "FAILED"
    assert states["LOG_RUN_OUTCOME"] == "SUCCEEDED"
    assert "REFRESH_ANALYTICS_VIEWS" not in states
    logged = pipeline.rows(
        "SELECT STATUS, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'LOG_RUN_OUTCOME' ORDER BY ENDED_AT DESC LIMIT 1"
    )
    assert logged[0][0] == "failed"
    assert str(logged[0][1]).startswith(f"{task}: ")
    pipeline.session.execute(f"ALTER TABLE {table}_AWAY RENAME TO {table}")
    assert set(pipeline.run().values()) == {"SUCCEEDED"}
    check(pipeline, expect(loads))


def test_a_failed_check_of_severity_error_fails_the_task_by_name(tmp_path: Path) -> None:
    check_ = '{ name = "views_are_tiny", kind = "range", severity = "error", table = "DWH.FACT_VIDEO_STATS", column = "VIEWS", max = 1 }'
    warning = '{ name = "no_likes", kind = "range", severity = "warning", table = "DWH.FACT_VIDEO_STATS", column = "LIKES", max = 1 }'
    deploy_to(tmp_path / "account", checks=f"[{check_}, {warning}]")
    pipeline = Pipeline(tmp_path / "account")
    try:
        pipeline.put(days(tmp_path, 1)[0])
        assert pipeline.run()["RUN_DATA_QUALITY"] == "FAILED"
        error = pipeline.rows("SELECT ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'LOG_RUN_OUTCOME'")[0][0]
        assert "data quality checks failed: views_are_tiny" in str(error)
        results = pipeline.rows("SELECT CHECK_NAME, STATUS FROM DWH.DATA_QUALITY_RESULTS ORDER BY 1")
        assert results == [("no_likes", "warning"), ("views_are_tiny", "failed")]
    finally:
        pipeline.account.close()


def test_a_category_that_a_country_lacks_is_a_warning(pipeline: Pipeline, tmp_path: Path) -> None:
    """CA's category file lacks 29; its videos use it."""
    loads = days(tmp_path, 3, videos=120)
    for files in loads:
        pipeline.put(files)
        assert set(pipeline.run().values()) == {"SUCCEEDED"}
    found = pipeline.rows(
        "SELECT DISTINCT STATUS, MEASURED FROM DWH.DATA_QUALITY_RESULTS WHERE CHECK_NAME = 'category_has_a_name' AND FAILED_ROWS > 0"
    )
    assert found == [("warning", "CA 29")]
    said = pipeline.rows("SELECT RUN_ID, CHECKS_NOT_PASSED FROM ANALYTICS.RUN_OVERVIEW ORDER BY 1")
    assert said == pipeline.rows(
        "SELECT RUN_ID, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'RUN_DATA_QUALITY' ORDER BY 1"
    )
    assert "category_has_a_name" in str(said[0][1])


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
def test_ten_real_days_of_the_us(pipeline: Pipeline) -> None:
    files = sorted((REAL / "US" / "daily").glob("*.csv.gz"))
    assert len(files) == 10
    loads = [[REAL / "category" / "US_category_id.json", files[0]], *([f] for f in files[1:])]
    for load_ in loads:
        pipeline.put(load_)
        assert set(pipeline.run().values()) == {"SUCCEEDED"}
    check(pipeline, expect(loads))
    assert pipeline.rows("SELECT COUNT(DISTINCT VIDEO_ID), COUNT(*) FROM DWH.DIM_VIDEO") == [(665, 669)]
    assert pipeline.rows("SELECT COUNT(*) FROM DWH.FACT_VIDEO_STATS") == [(2000,)]
