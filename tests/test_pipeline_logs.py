"""What the video pipeline says of its runs: checks, logs, overviews, trimming; and the history of a category."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from samples.generate import write_categories, write_day
from snowpipe_deploy.session import SqlError
from tests.pipeline import Pipeline, deploy_to

# A fact and its surroundings that pass every check; what a case says of them makes one check fail, or just not.
GOOD = """
INSERT INTO DWH.DIM_DATE (DATE_KEY, CALENDAR_DATE) VALUES (20171114, '2017-11-14');
INSERT INTO DWH.DIM_VIDEO (VIDEO_KEY, VIDEO_ID, VALID_FROM, IS_CURRENT, RUN_ID) VALUES ('v', 'abc', '2017-11-14', TRUE, 'now');
INSERT INTO DWH.DIM_CATEGORY (CATEGORY_KEY, COUNTRY, CATEGORY_ID, VALID_FROM, IS_CURRENT) VALUES ('c', 'US', 1, '1900-01-01', TRUE);
INSERT INTO STAGING.VIDEOS (VIDEO_ID, COUNTRY, TRENDING_DATE, TITLE, CHANNEL_TITLE, CATEGORY_ID, LOADED_AT, RUN_ID)
  SELECT 'abc', 'US', '2017-11-14', 'T', 'C', 1, CURRENT_TIMESTAMP(), 'now';
INSERT INTO DWH.FACT_VIDEO_STATS (VIDEO_KEY, CATEGORY_KEY, DATE_KEY, VIDEO_ID, COUNTRY, TRENDING_DATE, VIEWS, LIKES, DISLIKES, COMMENT_COUNT, VIEWS_CHANGE, RUN_ID)
  VALUES ('v', 'c', 20171114, 'abc', 'US', '2017-11-14', 1, 1, 1, 1, 0, 'now');
INSERT INTO STAGING.VIDEO_FILES (FILE_NAME, ROWS_READ, ROWS_STAGED, ROWS_REJECTED, ROWS_DUPLICATE, VERDICT, RUN_ID) VALUES ('f', 6, 1, 2, 3, 'accepted', 'now');
INSERT INTO RAW.LOADED_FILES (FILE_NAME, RECORDS, RECORDS_NOT_READ, RUN_ID) VALUES ('f', 7, 0, 'now');
INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, ROW_COUNT, ENDED_AT) SELECT 'before', 'PROCESS_NEW_VIDEOS', 100, DATEADD('day', -1, CURRENT_TIMESTAMP());
INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, ROW_COUNT, ENDED_AT) SELECT 'older', 'PROCESS_NEW_VIDEOS', 9, DATEADD('day', -2, CURRENT_TIMESTAMP());
INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, ROW_COUNT, ENDED_AT) SELECT 'none', 'PROCESS_NEW_VIDEOS', 0, CURRENT_TIMESTAMP();
INSERT INTO RAW.PIPELINE_LOG (RUN_ID, STEP, ROW_COUNT, ENDED_AT) SELECT 'now', 'PROCESS_NEW_VIDEOS', 60, CURRENT_TIMESTAMP()
"""
FACT = "UPDATE DWH.FACT_VIDEO_STATS SET"
ANOTHER = "INSERT INTO DWH.FACT_VIDEO_STATS SELECT * FROM DWH.FACT_VIDEO_STATS"
# what is done to it: the checks that then do not pass, with FAILED_ROWS and MEASURED where a case is about them
CASES: list[tuple[str, dict[str, tuple[int, str | None] | None]]] = [
    ("SELECT 1", {}),
    (ANOTHER, {"fact_grain_is_unique": (1, "1 keys")}),
    (f"{ANOTHER}; UPDATE DWH.FACT_VIDEO_STATS SET RUN_ID = 'before'", {}),
    (f"{ANOTHER}; {FACT} COUNTRY = 'CA' WHERE VIEWS = 1 AND FALSE", {"fact_grain_is_unique": (1, None)}),
    ("INSERT INTO DWH.DIM_VIDEO SELECT * FROM DWH.DIM_VIDEO", {"video_version_is_unique": (1, "1 keys")}),
    ("INSERT INTO DWH.DIM_VIDEO SELECT * FROM DWH.DIM_VIDEO; UPDATE DWH.DIM_VIDEO SET RUN_ID = 'before'", {}),
    (f"{FACT} VIDEO_KEY = NULL", {"fact_keys_are_filled": (1, "1 rows")}),
    (f"{FACT} VIDEO_KEY = NULL, RUN_ID = 'before'", {}),
    (f"{FACT} DATE_KEY = NULL", {"fact_keys_are_filled": (1, "1 rows")}),
    (f"{FACT} LIKES = NULL", {"fact_counts_are_filled": (1, "1 rows")}),
    (f"{FACT} COMMENT_COUNT = NULL", {"fact_counts_are_filled": (1, "1 rows")}),
    (f"{FACT} LIKES = NULL, RUN_ID = 'before'", {}),
    (f"{FACT} VIDEO_KEY = 'x'", {"fact_video_exists": (1, "1 unknown keys")}),
    (f"{FACT} VIDEO_KEY = 'x', RUN_ID = 'before'", {}),
    (f"{FACT} DATE_KEY = 20171115", {"fact_date_exists": (1, "1 unknown keys")}),
    (f"{FACT} DATE_KEY = 20171115, RUN_ID = 'before'", {}),
    (f"{FACT} VIEWS = -1", {"views_are_plausible": (1, "-1 to -1")}),
    (f"{FACT} VIEWS = 0", {}),
    (f"{FACT} VIEWS = 100000000000", {}),
    (f"{FACT} VIEWS = 100000000001", {"views_are_plausible": (1, "100000000001 to 100000000001")}),
    (f"{FACT} VIEWS = -1, RUN_ID = 'before'", {}),
    (f"{FACT} VIEWS_CHANGE = -1", {"views_do_not_shrink": (1, "-1 to -1")}),
    (f"{FACT} VIEWS_CHANGE = -1, RUN_ID = 'before'", {}),
    ("UPDATE STAGING.VIDEOS SET LOADED_AT = DATEADD('hour', -24, LOADED_AT)", {}),
    ("UPDATE STAGING.VIDEOS SET LOADED_AT = DATEADD('hour', -25, LOADED_AT)", {"rows_are_fresh": (1, "25 hours")}),
    ("UPDATE STAGING.VIDEOS SET LOADED_AT = DATEADD('hour', -25, LOADED_AT), RUN_ID = 'before'", {}),
    ("UPDATE RAW.PIPELINE_LOG SET ROW_COUNT = 50 WHERE RUN_ID = 'now'", {}),
    ("UPDATE RAW.PIPELINE_LOG SET ROW_COUNT = 49 WHERE RUN_ID = 'now'", {"row_count_is_steady": (1, "49 rows, before 100")}),
    ("UPDATE RAW.PIPELINE_LOG SET ROW_COUNT = 150 WHERE RUN_ID = 'now'", {}),
    ("UPDATE RAW.PIPELINE_LOG SET ROW_COUNT = 151 WHERE RUN_ID = 'now'", {"row_count_is_steady": (1, "151 rows, before 100")}),
    ("UPDATE RAW.PIPELINE_LOG SET ROW_COUNT = 0 WHERE RUN_ID = 'now'", {}),
    ("UPDATE RAW.PIPELINE_LOG SET STEP = 'UPDATE_FACT_TABLE', ROW_COUNT = 1 WHERE RUN_ID = 'now'", {}),
    ("UPDATE RAW.PIPELINE_LOG SET STEP = 'UPDATE_FACT_TABLE', ROW_COUNT = 1 WHERE RUN_ID = 'before'", {"row_count_is_steady": (1, "60 rows, before 9")}),
    ("UPDATE STAGING.VIDEO_FILES SET ROWS_READ = 7", {"files_add_up": (1, "7 in all")}),
    ("UPDATE STAGING.VIDEO_FILES SET ROWS_STAGED = NULL", {"files_add_up": (1, "6 in all")}),
    ("UPDATE STAGING.VIDEO_FILES SET ROWS_READ = 7, RUN_ID = 'before'", {}),
    ("UPDATE RAW.LOADED_FILES SET RECORDS_NOT_READ = 1", {"files_are_read_in_full": (1, "1 rows")}),
    ("UPDATE RAW.LOADED_FILES SET RECORDS = 0", {"files_are_read_in_full": (1, "1 rows")}),
    ("UPDATE RAW.LOADED_FILES SET RECORDS = 0, RUN_ID = 'before'", {}),
    ("UPDATE STAGING.VIDEO_FILES SET VERDICT = 'rejected'", {"no_file_is_rejected": (1, "1 rows")}),
    ("UPDATE STAGING.VIDEO_FILES SET VERDICT = 'duplicate'", {}),
    ("UPDATE STAGING.VIDEO_FILES SET VERDICT = 'rejected', RUN_ID = 'before'", {}),
    ("INSERT INTO STAGING.REJECTED_VIDEOS (FILE_NAME, RUN_ID) VALUES ('f', 'now')", {"no_row_is_rejected": (1, "1 rows")}),
    ("INSERT INTO STAGING.REJECTED_VIDEOS (FILE_NAME, RUN_ID) VALUES ('f', 'before')", {}),
    ("INSERT INTO STAGING.REJECTED_CATEGORIES (FILE_NAME, RUN_ID) VALUES ('f', 'now')", {"no_category_is_rejected": (1, "1 rows")}),
    ("UPDATE STAGING.VIDEOS SET TITLE = 'GrÃ¶ÃŸe Ã¼ber'", {"titles_are_readable": (1, "GrÃ¶ÃŸe Ã¼ber")}),
    ("UPDATE STAGING.VIDEOS SET CHANNEL_TITLE = 'caf\ufffd'", {"titles_are_readable": (1, "T")}),
    ("UPDATE STAGING.VIDEOS SET TITLE = 'caf\ufffd', RUN_ID = 'before'", {}),
    ("UPDATE STAGING.VIDEOS SET TITLE = 'Größe São'", {}),
    ("INSERT INTO STAGING.REJECTED_CATEGORIES (FILE_NAME, RUN_ID) VALUES ('f', 'before')", {}),
    (f"{FACT} CATEGORY_KEY = NULL", {"category_has_a_name": (1, "US 1")}),
    (f"{FACT} CATEGORY_KEY = NULL; UPDATE STAGING.VIDEOS SET CATEGORY_ID = NULL", {"category_has_a_name": (1, "US none")}),
    (f"{FACT} CATEGORY_KEY = NULL, RUN_ID = 'before'", {}),
]  # fmt: skip
ERRORS = {"fact_grain_is_unique", "video_version_is_unique", "fact_keys_are_filled", "fact_video_exists", "fact_date_exists",
          "views_are_plausible", "files_add_up"}  # fmt: skip


def test_each_check_fails_where_it_should_and_only_there(pipeline: Pipeline) -> None:
    seen = set()
    pipeline.session.execute(
        "INSERT INTO DWH.DATA_QUALITY_RESULTS (RUN_ID, CHECK_NAME, STATUS) SELECT 'before', 'another', 'failed'"
    )
    for done, wanted in CASES:
        for table in ("DWH.DIM_DATE", "DWH.DIM_VIDEO", "DWH.DIM_CATEGORY", "STAGING.VIDEOS", "DWH.FACT_VIDEO_STATS", "STAGING.VIDEO_FILES",
                      "RAW.LOADED_FILES", "RAW.PIPELINE_LOG", "STAGING.REJECTED_VIDEOS", "STAGING.REJECTED_CATEGORIES"):  # fmt: skip
            pipeline.session.execute(f"DELETE FROM {table}")
        for sql in [*GOOD.split(";\n"), *done.split("; ")]:
            pipeline.session.execute(sql)
        error = ""
        try:
            pipeline.session.execute("CALL DWH.RUN_DATA_QUALITY('now')")
        except SqlError as raised:
            error = raised.text
        failing = sorted(wanted.keys() & ERRORS)
        assert (f"data quality checks failed: {', '.join(failing)}" in error) == bool(failing), (done, error)
        results = pipeline.rows(
            "SELECT CHECK_NAME, STATUS, FAILED_ROWS, MEASURED FROM DWH.DATA_QUALITY_RESULTS WHERE RUN_ID = 'now'"
        )
        assert len(results) == 17
        found = {str(name): (status, rows, measured) for name, status, rows, measured in results if status != "passed"}
        assert found.keys() == wanted.keys(), done
        for name, (status, rows, measured) in found.items():
            assert status == ("failed" if name in ERRORS else "warning")
            expected = wanted[name]
            if expected is not None:
                assert rows == expected[0], done
                assert expected[1] in {None, measured}, done
        logged = pipeline.rows("SELECT STATUS, ROW_COUNT, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'RUN_DATA_QUALITY'")
        status = "failed" if failing else "warning" if wanted else "succeeded"
        assert logged == [(status, 17, ", ".join(sorted(wanted)) or None)]
        seen |= wanted.keys()
    assert len(seen) == 17
    assert pipeline.rows("SELECT CHECK_NAME FROM DWH.DATA_QUALITY_RESULTS WHERE RUN_ID = 'before'") == [("another",)]


def test_runs_are_logged_step_by_step(pipeline: Pipeline, tmp_path: Path) -> None:
    videos = write_day(tmp_path, date(2017, 11, 14), ("US", "JP"), videos=20)
    pipeline.put([*videos, *write_categories(tmp_path, ("US", "JP"))])
    pipeline.run()
    dimensions = ("DWH.DIM_DATE", "DWH.DIM_VIDEO", "DWH.DIM_CATEGORY")
    made = sum(int(str(pipeline.rows(f"SELECT COUNT(*) FROM {name}")[0][0])) for name in dimensions)
    pipeline.put(write_day(tmp_path, date(2017, 11, 15), ("US",), videos=20))
    pipeline.run()
    pipeline.run()
    steps = pipeline.rows(
        "SELECT RUN_ID, STEP, STATUS, ROW_COUNT, FILE_COUNT FROM RAW.PIPELINE_LOG ORDER BY RUN_ID::NUMBER, STEP"
    )
    runs = sorted({str(row[0]) for row in steps}, key=int)
    assert len(runs) == 3
    first, second, idle = ({str(row[1]): row[2:] for row in steps if row[0] == run} for run in runs)
    loaded = pipeline.rows("SELECT COUNT(*) FROM RAW.VIDEOS WHERE FILE_NAME LIKE '%17.14.11%'")
    records = int(str(loaded[0][0])) + 2  # and the two category lists
    assert first["MONITOR_NEW_FILES"] == ("succeeded", records, 4)
    assert first["UPDATE_DIMENSIONS"][1] == made
    assert first["UPDATE_FACT_TABLE"][1] == first["REFRESH_ANALYTICS_VIEWS"][1] == 40
    assert first["TRIM_LOGS"][0] == "succeeded"
    assert first["LOG_RUN_OUTCOME"][0] == second["LOG_RUN_OUTCOME"][0] == "succeeded"
    assert second["MONITOR_NEW_FILES"][2] == 1
    assert set(idle) == {"MONITOR_NEW_FILES", "LOG_RUN_OUTCOME"}
    assert idle["MONITOR_NEW_FILES"] == ("succeeded", 0, 0)
    assert idle["LOG_RUN_OUTCOME"][0] == "skipped"
    overview = pipeline.rows(
        "SELECT RUN_ID, OUTCOME, FILES, ROWS_LOADED, VIDEOS_CHANGED, FACTS_CHANGED, ERRORS FROM ANALYTICS.RUN_OVERVIEW ORDER BY RUN_ID::NUMBER"
    )
    assert overview[0] == (runs[0], "succeeded", 4, records, 40, 40, None)
    assert overview[2] == (runs[2], "skipped", 0, 0, None, None, None)
    times = pipeline.rows("SELECT COUNT(*) FROM ANALYTICS.RUN_OVERVIEW WHERE STARTED_AT <= ENDED_AT")
    assert times == [(3,)]
    files = pipeline.rows(
        "SELECT COUNT(*), COUNT(DISTINCT FILE_NAME), MIN(STATUS), MIN(FILE_SIZE) > 0, COUNT(FIRST_ERROR) FROM RAW.LOADED_FILES"
    )
    assert files == [(5, 5, "Loaded", True, 0)]


def test_a_load_that_was_not_logged_is_logged_by_the_next_run(pipeline: Pipeline, tmp_path: Path) -> None:
    """Also where the other file of the same load was logged, at the same moment."""
    pipeline.account.shared.clock.freeze()
    pipeline.put(write_day(tmp_path, date(2017, 11, 14), ("JP", "US"), videos=5))
    pipeline.run()
    before = pipeline.rows("SELECT FILE_NAME, STATUS, RECORDS, LOADED_AT FROM RAW.LOADED_FILES ORDER BY 1")
    pipeline.session.execute("DELETE FROM RAW.LOADED_FILES WHERE FILE_NAME LIKE '%USvideos%'")
    pipeline.run()
    after = pipeline.rows("SELECT FILE_NAME, STATUS, RECORDS, LOADED_AT FROM RAW.LOADED_FILES ORDER BY 1")
    assert len(after) == 2
    assert after == before


@pytest.mark.parametrize(
    ("content", "told"),
    [("good", None), ("", "empty"), ("\xff", "Invalid UTF8 detected in string"), ("header", None)],
)
def test_a_file_that_was_not_read_in_full_is_named(
    pipeline: Pipeline, tmp_path: Path, content: str, told: str | None
) -> None:
    """Beside one that was; a file with nothing but a header was read in full."""
    good, other = write_day(tmp_path, date(2017, 11, 14), ("JP", "US"), videos=5)
    lines = gzip.decompress(other.read_bytes()).split(b"\n", 1)
    said = {"good": b"\n".join(lines), "header": lines[0], "\xff": lines[0] + b"\n\xff" + lines[1]}
    other.write_bytes(gzip.compress(said.get(content, b""), mtime=0))
    pipeline.put([good, other])
    assert "FAILED" not in pipeline.run().values()
    status, files, error = pipeline.rows(
        "SELECT STATUS, FILE_COUNT, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'MONITOR_NEW_FILES'"
    )[0]
    assert files == 2
    assert status == ("warning" if told else "succeeded")
    if told:
        words = f"1 files not read in full, one of them: US/{other.name}: {told}"
        assert str(error).startswith(words)
    else:
        assert error is None


def test_a_file_that_was_not_processed_yet_says_so(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.put(write_day(tmp_path, date(2017, 11, 14), ("US",), videos=5))
    pipeline.session.execute("ALTER TABLE STAGING.VIDEO_FILES RENAME TO STAGING.VIDEO_FILES_AWAY")
    assert pipeline.run()["PROCESS_NEW_VIDEOS"] == "FAILED"
    pipeline.session.execute("ALTER TABLE STAGING.VIDEO_FILES_AWAY RENAME TO STAGING.VIDEO_FILES")
    overview = "SELECT ROWS_IN_FILE, ROWS_STAGED, ROWS_REJECTED, ROWS_DUPLICATE, REASON FROM ANALYTICS.FILE_OVERVIEW"
    assert pipeline.rows(overview) == [(0, 0, 0, 0, "not processed yet")]


def test_the_outcome_of_a_run_tells_of_that_run_alone(pipeline: Pipeline, tmp_path: Path) -> None:
    """Two runs fail in different tasks, the third is good."""
    pipeline.put([*write_day(tmp_path, date(2017, 11, 14), ("US",), videos=5), *write_categories(tmp_path, ("US",))])
    for table in ("DWH.DATA_QUALITY_RESULTS", "STAGING.VIDEO_FILES"):
        pipeline.session.execute(f"ALTER TABLE {table} RENAME TO {table}_AWAY")
        pipeline.run()
        pipeline.session.execute(f"ALTER TABLE {table}_AWAY RENAME TO {table}")
    pipeline.run()
    outcomes = pipeline.rows(
        "SELECT STATUS, SPLIT_PART(ERROR, ':', 1), ERROR LIKE '% | %' FROM RAW.PIPELINE_LOG "
        "WHERE STEP = 'LOG_RUN_OUTCOME' ORDER BY ENDED_AT"
    )
    assert outcomes == [
        ("failed", "RUN_DATA_QUALITY", False),
        ("failed", "PROCESS_NEW_VIDEOS", False),
        ("succeeded", None, None),
    ]
    overlap = (
        "SELECT COUNT(*) FROM RAW.PIPELINE_LOG A JOIN RAW.PIPELINE_LOG B ON A.STARTED_AT < B.STARTED_AT AND A.ENDED_AT > B.STARTED_AT "
        "WHERE A.STEP = 'LOG_RUN_OUTCOME' AND B.STEP = 'LOG_RUN_OUTCOME'"
    )
    assert pipeline.rows(overlap) == [(0,)]


OF_RUNS = {"RAW.PIPELINE_LOG": "ENDED_AT", "RAW.LOADED_FILES": "LOADED_AT", "STAGING.REJECTED_VIDEOS": "REJECTED_AT",
           "STAGING.REJECTED_CATEGORIES": "REJECTED_AT", "STAGING.VIDEO_FILES": "PROCESSED_AT",
           "DWH.DATA_QUALITY_RESULTS": "CHECKED_AT"}  # fmt: skip


def test_logs_are_trimmed_once_a_day(pipeline: Pipeline) -> None:
    for table, column in OF_RUNS.items():
        for days in (89, 91, 92):
            pipeline.session.execute(
                f"INSERT INTO {table} (RUN_ID, {column}) SELECT '{days}', DATEADD('day', -{days}, CURRENT_TIMESTAMP())"
            )
    trims = "SELECT ROW_COUNT FROM RAW.PIPELINE_LOG WHERE STEP = 'TRIM_LOGS' ORDER BY ENDED_AT"
    pipeline.run()
    assert pipeline.rows(trims) == [(12,)]
    for table in OF_RUNS:
        assert pipeline.rows(f"SELECT RUN_ID FROM {table} WHERE RUN_ID IN ('89', '91', '92')") == [("89",)], table
    for hours, wanted in ((23, 1), (2, 2)):  # first 23 hours ago, then 25
        pipeline.session.execute(
            f"UPDATE RAW.PIPELINE_LOG SET ENDED_AT = DATEADD('hour', -{hours}, ENDED_AT) WHERE STEP = 'TRIM_LOGS'"
        )
        pipeline.run()
        assert len(pipeline.rows(trims)) == wanted


@pytest.mark.parametrize("change", ["title", "assignable"])
def test_a_category_that_changes_has_a_history(tmp_path: Path, change: str) -> None:
    """Lists of three days: the second says the same, the third another title; what trended since then has the new one."""
    start = datetime(2017, 11, 14, 12, tzinfo=UTC)
    deploy_to(tmp_path / "account", start)
    pipeline = Pipeline(tmp_path / "account")
    touched = []
    for day, said in enumerate(["A", "A", "B"]):
        document = {
            "items": [
                {
                    "id": "24",
                    "snippet": {
                        "title": said if change == "title" else "A",
                        "assignable": said == "A" or change == "title",
                    },
                }
            ]
        }
        path = tmp_path / str(day) / "US_category_id.json"
        path.parent.mkdir()
        path.write_text(json.dumps({**document, "etag": day}))
        pipeline.put([path, *write_day(tmp_path, (start + timedelta(days=day)).date(), ("US",), videos=40)])
        assert "FAILED" not in pipeline.run().values()
        touched.append(pipeline.rows("SELECT MAX(UPDATED_AT) FROM DWH.DIM_CATEGORY"))
        pipeline.account.tick(start + timedelta(days=day + 1))
    assert touched[0] == touched[1]
    versions = pipeline.rows(
        "SELECT TITLE, IS_ASSIGNABLE, VALID_FROM, VALID_TO, IS_CURRENT FROM DWH.DIM_CATEGORY ORDER BY VALID_FROM"
    )
    after = ("B", True) if change == "title" else ("A", False)
    assert versions == [
        ("A", True, date(1900, 1, 1), date(2017, 11, 16), False),
        (*after, date(2017, 11, 16), None, True),
    ]
    named = pipeline.rows(
        "SELECT DISTINCT F.TRENDING_DATE, C.VALID_FROM FROM DWH.FACT_VIDEO_STATS F JOIN STAGING.VIDEOS V ON V.VIDEO_ID = F.VIDEO_ID "
        "AND V.COUNTRY = F.COUNTRY AND V.TRENDING_DATE = F.TRENDING_DATE LEFT JOIN DWH.DIM_CATEGORY C ON C.CATEGORY_KEY = F.CATEGORY_KEY "
        "WHERE V.CATEGORY_ID = 24 ORDER BY F.TRENDING_DATE"
    )
    ever, since = date(1900, 1, 1), date(2017, 11, 16)
    assert named == [(date(2017, 11, 14), ever), (date(2017, 11, 15), ever), (since, since)]
    count = "SELECT COUNT(*), COUNT(CATEGORY_KEY) FROM DWH.FACT_VIDEO_STATS"
    staged = "SELECT COUNT(*), COUNT_IF(CATEGORY_ID = 24) FROM STAGING.VIDEOS"
    assert pipeline.rows(count) == pipeline.rows(staged)
    pipeline.account.close()


def test_a_list_of_one_category_names_the_videos_that_came_before(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.put(write_day(tmp_path, date(2017, 11, 14), ("US",), videos=40))
    pipeline.run()
    path = tmp_path / "US_category_id.json"
    path.write_text('{"items": [{"id": "24", "snippet": {"title": "A", "assignable": true}}]}')
    pipeline.put([path])
    pipeline.run()
    named = pipeline.rows("SELECT VIDEO_ID FROM DWH.FACT_VIDEO_STATS WHERE CATEGORY_KEY IS NOT NULL ORDER BY 1")
    assert named
    assert named == pipeline.rows("SELECT VIDEO_ID FROM STAGING.VIDEOS WHERE CATEGORY_ID = 24 ORDER BY 1")


def test_a_category_that_changes_back_on_the_same_day_has_no_history(tmp_path: Path) -> None:
    start = datetime(2017, 11, 14, 12, tzinfo=UTC)
    deploy_to(tmp_path / "account", start)
    pipeline = Pipeline(tmp_path / "account")
    path = tmp_path / "US_category_id.json"
    for hours, title, versions in ((0, "A", 1), (24, "B", 2), (25, "A", 1)):
        pipeline.account.tick(start + timedelta(hours=hours, minutes=5))
        path.write_text(
            json.dumps({"items": [{"id": "24", "snippet": {"title": title, "assignable": True}}], "etag": hours})
        )
        pipeline.put([path])
        assert "FAILED" not in pipeline.run().values()
        found = pipeline.rows("SELECT TITLE, VALID_TO IS NULL, IS_CURRENT FROM DWH.DIM_CATEGORY ORDER BY VALID_FROM")
        assert len(found) == versions
        assert found[-1] == (title, True, True)
    pipeline.account.close()


def test_category_lists_of_one_day(tmp_path: Path) -> None:
    """What the last of them says is what counts; each change of a day alters the one row of that day."""
    start = datetime(2017, 11, 14, 12, tzinfo=UTC)
    deploy_to(tmp_path / "account", start)
    pipeline = Pipeline(tmp_path / "account")
    drops: list[tuple[list[tuple[str, str | None, bool]], list[tuple[object, ...]], int]] = [
        ([("24", "A", True), ("24", "B", True), ("25", "C", True)], [(24, "B", True), (25, "C", True)], 2),
        ([("24", "B", True), ("25", "C", True)], [(24, "B", True), (25, "C", True)], 0),
        ([("24", "D", True), ("25", "C", True)], [(24, "D", True), (25, "C", True)], 1),
        ([("24", "D", True), ("25", "C", False)], [(24, "D", True), (25, "C", False)], 1),
        ([("24", None, True), ("x", "X", False)], [(24, None, True), (25, "C", False)], 1),
    ]
    for number, (items, wanted, changed) in enumerate(drops):
        said = [{"id": i, "snippet": {"title": title, "assignable": may}} for i, title, may in items]
        path = tmp_path / "US_category_id.json"
        path.write_text(json.dumps({"items": said, "etag": number}))
        pipeline.account.tick(start + timedelta(minutes=number + 1))
        pipeline.put([path])
        assert "FAILED" not in pipeline.run().values()
        for table in ("STAGING.CATEGORIES", "DWH.DIM_CATEGORY"):
            found = pipeline.rows(f"SELECT CATEGORY_ID, TITLE, IS_ASSIGNABLE FROM {table} ORDER BY CATEGORY_ID")
            assert found == wanted, (number, table)
        log = "SELECT STATUS, ROW_COUNT, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'PROCESS_NEW_CATEGORIES' ORDER BY ENDED_AT"
        is_bad = number == len(drops) - 1
        ended = ("warning", changed, "1 items or lists rejected") if is_bad else ("succeeded", changed, None)
        assert pipeline.rows(log)[-1] == ended
    pipeline.account.close()
