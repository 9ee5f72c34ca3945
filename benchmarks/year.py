"""A year of the video pipeline on the local account: `python benchmarks/year.py [DAYS]`.

A drop of three countries every day, the clock moved by six hours at a time, so that every schedule fires. Prints what a
person who runs this for a year would worry about: streams that go stale, logs that grow, the size of the account's file.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from samples.generate import write_categories, write_day
from tests.pipeline import Pipeline, deploy_to

COUNTRIES = ("CA", "JP", "US")
VIDEOS = 20
START = datetime(2017, 11, 14, 1, tzinfo=UTC)
LOGS = (
    "RAW.PIPELINE_LOG",
    "RAW.LOADED_FILES",
    "STAGING.VIDEO_FILES",
    "STAGING.REJECTED_VIDEOS",
    "DWH.DATA_QUALITY_RESULTS",
)


def streams_left_to_live(pipeline: Pipeline, now: datetime) -> timedelta:
    """How long until the first stream would go stale."""
    rows = pipeline.session.execute("SHOW STREAMS IN ACCOUNT").dicts()
    if any(str(row["stale"]) == "true" for row in rows):
        sys.exit(f"a stream is stale at {now}")
    return min(row["stale_after"] for row in rows) - now  # type: ignore[no-any-return]  # the column holds a moment


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 365
    with tempfile.TemporaryDirectory() as folder:
        account = Path(folder) / "account"
        deploy_to(account, START)
        pipeline = Pipeline(account)
        runs, started = 0, time.perf_counter()
        for day in range(days):
            moment = START + timedelta(days=day)
            files = write_day(Path(folder), moment.date(), COUNTRIES, videos=VIDEOS)
            pipeline.put(files if day else [*files, *write_categories(Path(folder), COUNTRIES)])
            runs += pipeline.account.tick(moment + timedelta(days=1))
            left = streams_left_to_live(pipeline, moment + timedelta(days=1))
            if day % 30 == 29 or day == days - 1:
                logs = ", ".join(f"{pipeline.rows(f'SELECT COUNT(*) FROM {name}')[0][0]} {name}" for name in LOGS)
                size = sum(f.stat().st_size for f in account.glob("account.duckdb*")) / 1e6
                print(
                    f"day {day + 1:3}  {time.perf_counter() - started:5.1f} s  {runs} runs  file {size:5.1f} MB  "
                    f"first stream stale in {left.days} d  rows: {logs}"
                )
        facts = pipeline.rows("SELECT COUNT(*), COUNT(DISTINCT TRENDING_DATE) FROM DWH.FACT_VIDEO_STATS")[0]
        failed = pipeline.errors()
        rows = pipeline.rows("SELECT COUNT(*) FROM RAW.VIDEOS")[0][0]
        pipeline.account.close()
        size = (account / "account.duckdb").stat().st_size / 1e6
        print(
            f"{runs} runs, {len(failed)} failed, {rows} rows loaded, {facts[0]} facts of {facts[1]} days, "
            f"{time.perf_counter() - started:.1f} s, file after closing {size:.1f} MB"
        )


if __name__ == "__main__":
    main()
