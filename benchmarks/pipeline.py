"""The video pipeline on a million rows beside DuckDB SQL written by hand: `python benchmarks/pipeline.py [ROWS]`.

Both get the same files in ten drops and have the same final tables, held against each other, after each drop. The SQL by hand
takes no streams, no logs, no rejected rows, no checks, and computes everything anew after each drop. A second figure, for
information, is the same SQL with all files at once. Each side runs in a process of its own, one after the other, and prints its
seconds and its peak memory; limits are ratios.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
COUNTRIES = ("CA", "DE", "GB", "JP", "US")
DROPS = 10
LIMITS = {"time": 2.5, "memory": 3.0}

FIELDS = (
    "video_id", "trending_date", "title", "channel_title", "category_id", "publish_time", "tags", "views", "likes",
    "dislikes", "comment_count", "thumbnail_link", "comments_disabled", "ratings_disabled", "video_error_or_removed",
    "description",
)  # fmt: skip

STAGING = """
SELECT
    video_id, parse_filename(filename)[1:2] AS country, try_strptime(trending_date, '%y.%d.%m')::DATE AS trending_date,
    nullif(title, '') AS title, nullif(channel_title, '') AS channel_title, try_cast(category_id AS DECIMAL(38, 0)) AS category_id,
    try_cast(publish_time AS TIMESTAMP) AS published_at,
    CASE tags WHEN '[none]' THEN [] ELSE string_split(replace(tags, '"', ''), '|') END AS tags,
    try_cast(views AS DECIMAL(38, 0)) AS views, try_cast(likes AS DECIMAL(38, 0)) AS likes,
    try_cast(dislikes AS DECIMAL(38, 0)) AS dislikes, try_cast(comment_count AS DECIMAL(38, 0)) AS comment_count,
    thumbnail_link, try_cast(comments_disabled AS BOOLEAN) AS comments_disabled,
    try_cast(ratings_disabled AS BOOLEAN) AS ratings_disabled,
    try_cast(video_error_or_removed AS BOOLEAN) AS video_error_or_removed, nullif(description, '') AS description, filename
FROM (SELECT *, row_number() OVER () AS place FROM {source})
WHERE length(video_id) = 11
    AND regexp_full_match(trending_date, '[0-9]{{2}}[.][0-9]{{2}}[.][0-9]{{2}}')
    AND try_strptime(trending_date, '%y.%d.%m') IS NOT NULL
    AND (views = '' OR regexp_full_match(views, '[0-9]{{1,18}}'))
QUALIFY row_number() OVER (PARTITION BY video_id, country, trending_date ORDER BY filename DESC, place DESC) = 1
"""
FINAL = {
    "dim_date": """
SELECT DISTINCT strftime(trending_date, '%Y%m%d')::INT AS date_key, trending_date AS calendar_date, year(trending_date) AS year,
    month(trending_date) AS month, day(trending_date) AS day, isodow(trending_date) AS day_of_week,
    isodow(trending_date) >= 6 AS is_weekend, last_day(trending_date) AS month_end
FROM videos""",
    "dim_category": """
SELECT md5(country || '|' || item.id || '|1900-01-01') AS category_key, country, item.id::INT AS category_id,
    item.snippet.title AS title, item.snippet.assignable AS is_assignable
FROM (SELECT country, unnest(items) AS item FROM categories)""",
    "dim_video": """
WITH days AS (
    SELECT video_id, trending_date, title, channel_title, category_id FROM videos
    QUALIFY row_number() OVER (PARTITION BY video_id, trending_date ORDER BY country) = 1
), compared AS (
    SELECT *, lag(trending_date) OVER w AS d, lag(title) OVER w AS t, lag(channel_title) OVER w AS c, lag(category_id) OVER w AS k
    FROM days WINDOW w AS (PARTITION BY video_id ORDER BY trending_date)
)
SELECT md5(video_id || '|' || trending_date) AS video_key, video_id, title, channel_title, category_id,
    trending_date AS valid_from, lead(trending_date) OVER (PARTITION BY video_id ORDER BY trending_date) AS valid_to
FROM compared
WHERE d IS NULL OR title IS DISTINCT FROM t OR channel_title IS DISTINCT FROM c OR category_id IS DISTINCT FROM k""",
    "fact_video_stats": """
SELECT d.video_key, c.category_key, strftime(v.trending_date, '%Y%m%d')::INT AS date_key, v.video_id, v.country,
    v.trending_date, v.views, v.likes, v.dislikes, v.comment_count, v.views - lag(v.views) OVER w AS views_change,
    v.likes - lag(v.likes) OVER w AS likes_change, v.dislikes - lag(v.dislikes) OVER w AS dislikes_change,
    v.comment_count - lag(v.comment_count) OVER w AS comment_count_change
FROM videos AS v
LEFT JOIN dim_video AS d ON d.video_id = v.video_id AND d.valid_from <= v.trending_date
    AND (d.valid_to > v.trending_date OR d.valid_to IS NULL)
LEFT JOIN dim_category AS c ON c.country = v.country AND c.category_id = v.category_id
WINDOW w AS (PARTITION BY v.video_id, v.country ORDER BY v.trending_date)""",
    "daily_metrics": """
SELECT f.country, d.calendar_date AS trending_date, d.is_weekend, count(*) AS videos, sum(views) AS views, sum(likes) AS likes,
    sum(dislikes) AS dislikes, sum(comment_count) AS comment_count, sum(views_change) AS views_gained
FROM fact_video_stats AS f JOIN dim_date AS d USING (date_key) GROUP BY ALL""",
    "category_ranking": """
WITH by_video AS (
    SELECT f.country, coalesce(c.title, 'unknown') AS category, video_id, count(*) AS days, max(views) AS views, max(likes) AS likes
    FROM fact_video_stats AS f LEFT JOIN dim_category AS c USING (category_key) GROUP BY ALL
)
SELECT country, category, count(*) AS video_count, sum(days) AS trending_days, sum(views) AS total_views,
    sum(likes) AS total_likes, rank() OVER (PARTITION BY country ORDER BY coalesce(sum(views), 0) DESC) AS views_rank
FROM by_video GROUP BY country, category""",
    "top_videos_by_country": """
WITH by_video AS (
    SELECT video_id, country, count(*) AS days, min(trending_date) AS first_date, max(trending_date) AS last_date,
        coalesce(max(views), 0) AS top_views, coalesce(max(likes), 0) AS top_likes
    FROM fact_video_stats GROUP BY ALL
)
SELECT v.country, row_number() OVER w AS place, v.video_id, d.title, d.channel_title, top_views, top_likes, days, first_date, last_date
FROM by_video AS v JOIN dim_video AS d ON d.video_id = v.video_id AND d.valid_to IS NULL
WINDOW w AS (PARTITION BY v.country ORDER BY top_views DESC, v.video_id) QUALIFY place <= 10""",
    "fastest_risers": """
SELECT f.country, f.trending_date, row_number() OVER w AS place, f.video_id, d.title, d.channel_title, f.views, f.views_change
FROM fact_video_stats AS f JOIN dim_video AS d USING (video_key) WHERE views_change > 0
WINDOW w AS (PARTITION BY f.country, f.trending_date ORDER BY views_change DESC, f.video_id) QUALIFY place <= 10""",
}
# what both sides are held against each other by: exact sums over every final table
SUMS = {
    "facts": "SELECT COUNT(*), SUM(VIEWS), SUM(VIEWS_CHANGE), COUNT(CATEGORY_KEY) FROM {dwh}FACT_VIDEO_STATS",
    "versions": "SELECT COUNT(*), COUNT(DISTINCT VIDEO_ID), COUNT(VALID_TO), MAX(VIDEO_KEY) FROM {dwh}DIM_VIDEO",
    "dates": "SELECT COUNT(*), SUM(DATE_KEY), SUM(DAY_OF_WEEK) FROM {dwh}DIM_DATE",
    "categories": "SELECT COUNT(*), MIN(CATEGORY_KEY) FROM {dwh}DIM_CATEGORY",
    "days": "SELECT COUNT(*), SUM(VIDEOS), SUM(LIKES), SUM(VIEWS_GAINED) FROM {analytics}DAILY_METRICS",
    "ranking": "SELECT COUNT(*), SUM(TOTAL_VIEWS), SUM(VIEWS_RANK), SUM(TRENDING_DAYS) FROM {analytics}CATEGORY_RANKING",
    "top": "SELECT COUNT(*), SUM(TOP_VIEWS), SUM(PLACE), MAX(VIDEO_ID) FROM {analytics}TOP_VIDEOS_BY_COUNTRY",
    "risers": "SELECT COUNT(*), SUM(VIEWS_CHANGE), MAX(VIDEO_ID) FROM {analytics}FASTEST_RISERS",
}


def write_files(folder: Path, rows: int) -> None:
    from samples.generate import write_categories, write_day

    for drop in range(DROPS):
        day = date(2017, 11, 14) + timedelta(days=drop)
        write_day(folder, day, COUNTRIES, videos=rows // DROPS // len(COUNTRIES))
    write_categories(folder, COUNTRIES)


def drops(folder: Path) -> list[list[Path]]:
    days = sorted({file.name[9:17] for file in folder.rglob("*.csv.gz")})
    return [sorted(folder.rglob(f"*_{day}.csv.gz")) for day in days]


def peak() -> float:
    """Most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_hand(folder: Path, *, at_once: bool) -> dict[str, object]:
    import duckdb

    with tempfile.TemporaryDirectory() as place:
        connection = duckdb.connect(f"{place}/hand.duckdb")
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in FIELDS)
        steps: dict[str, float] = {}

        def step(name: str, sql: str) -> None:
            started = time.perf_counter()
            connection.execute(sql)
            steps[name] = steps.get(name, 0) + time.perf_counter() - started

        def source(files: list[Path]) -> str:
            return (
                f"read_csv({[str(file) for file in files]}, columns = {{{columns}}}, auto_detect = false, header = true, quote = '\"', "
                "escape = '\"', strict_mode = false, null_padding = true, parallel = false, filename = true)"
            )

        all_drops = drops(folder)
        began = time.perf_counter()
        step(
            "categories",
            f"CREATE TABLE categories AS SELECT parse_filename(filename)[1:2] AS country, items FROM read_json('{folder}/*/*.json', filename = true)",
        )
        step("stage", f"CREATE TABLE videos AS SELECT * FROM ({STAGING.format(source=source(all_drops[0]))}) LIMIT 0")
        for files in [[file for drop in all_drops for file in drop]] if at_once else all_drops:
            step("stage", f"CREATE OR REPLACE TEMP TABLE fresh AS {STAGING.format(source=source(files))}")
            key = "video_id, country, trending_date"
            step("stage", f"DELETE FROM videos WHERE ({key}) IN (SELECT {key} FROM fresh)")
            step("stage", "INSERT INTO videos SELECT * FROM fresh")
            for name, sql in FINAL.items():
                step(name, f"CREATE OR REPLACE TABLE {name} AS {sql}")
        seconds = time.perf_counter() - began
        sums = {
            name: _plain(connection.execute(sql.format(dwh="", analytics="")).fetchall()[0])
            for name, sql in SUMS.items()
        }
        return {"seconds": seconds, "memory": peak(), "steps": steps, "sums": sums}


def by_pipeline(folder: Path) -> dict[str, object]:
    from tests.pipeline import Pipeline, deploy_to

    with tempfile.TemporaryDirectory() as place:
        deploy_to(Path(place) / "account")
        pipeline = Pipeline(Path(place) / "account")
        began = time.perf_counter()
        for number, files in enumerate(drops(folder)):
            pipeline.put([*files, *(sorted(folder.rglob("*.json")) if number == 0 else [])])
            states = pipeline.run()
            if set(states.values()) != {"SUCCEEDED"}:
                sys.exit(f"a run failed: {pipeline.errors()}")
        seconds = time.perf_counter() - began
        took = pipeline.rows(
            "SELECT NAME, SUM(DATEDIFF('millisecond', QUERY_START_TIME, COMPLETED_TIME)) "
            "FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000)) WHERE STATE = 'SUCCEEDED' GROUP BY NAME"
        )
        steps = {str(name): int(str(milliseconds)) / 1000 for name, milliseconds in took}
        sums = {
            name: _plain(pipeline.rows(sql.format(dwh="DWH.", analytics="ANALYTICS."))[0]) for name, sql in SUMS.items()
        }
        pipeline.account.close()
        return {"seconds": seconds, "memory": peak(), "steps": steps, "sums": sums}


def _plain(row: tuple[object, ...]) -> list[str]:
    return [str(value) for value in row]


def measured(side: str, folder: Path) -> dict[str, object]:
    """Runs one side in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--side", side, str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]  # what `main` prints


def main() -> None:
    if sys.argv[1:2] == ["--side"]:
        side, folder = sys.argv[2], Path(sys.argv[3])
        print(json.dumps(by_pipeline(folder) if side == "pipeline" else by_hand(folder, at_once=side == "at once")))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        write_files(Path(name), rows)
        found = {side: measured(side, Path(name)) for side in ("by hand", "pipeline", "at once")}
    for side, figures in found.items():
        print(f"{side:<10} {figures['seconds']:6.1f} s  {figures['memory']:6.0f} MB")
        for step, seconds in sorted(figures["steps"].items(), key=lambda item: -item[1]):  # type: ignore[attr-defined]  # a dict
            print(f"    {step:<26} {seconds:6.2f} s")
    hand, pipeline = found["by hand"], found["pipeline"]
    if not hand["sums"] == pipeline["sums"] == found["at once"]["sums"]:
        sys.exit(f"the tables differ:\n{hand['sums']}\n{pipeline['sums']}")
    print(f"same final tables: {hand['sums']}")
    for what, key in (("time", "seconds"), ("memory", "memory")):
        ratio = float(str(pipeline[key])) / float(str(hand[key]))
        print(f"{what:<7} {ratio:.2f} x by hand, limit {LIMITS[what]}  {'ok' if ratio <= LIMITS[what] else 'OVER'}")
    ratio = float(str(pipeline["seconds"])) / float(str(found["at once"]["seconds"]))
    print(f"for information: {ratio:.1f} x the time of the same SQL with all files at once")


if __name__ == "__main__":
    main()
