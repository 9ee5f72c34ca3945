"""Files as they come when something went wrong on their way: each ends as said here, and every row is accounted for."""

import csv
import gzip
import io
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from samples.expected import expect
from samples.generate import HEADER, write_categories, write_day
from tests.pipeline import Pipeline, check

TODAY = datetime.now(UTC).date()  # when the account's clock begins
Damage = Callable[[str], bytes]
WHOLE = HEADER + "".join(
    f'video{i:06},17.04.11,"Größe {i}, schön","Kanal ""{i}""",24,2017-11-0{1 + i % 3}T10:00:00.000Z,"a"|"b {i}",{1000 + i},'
    f'{i},0,{i},https://example.com/{i}.jpg,False,False,False,"Zeile {i}"\n'
    for i in range(20)
)


def each(change: Callable[[list[str]], list[str]]) -> Damage:
    """Changes the lines of the file, of which the first is the header; no record of these has a newline within."""

    def damage(text: str) -> bytes:
        return "".join(change(text.splitlines(keepends=True))).encode()

    return damage


def records(change: Callable[[str], str]) -> Damage:
    return each(lambda lines: [lines[0], *map(change, lines[1:])])


def third(change: Callable[[str], str]) -> Damage:
    return each(lambda lines: [*lines[:3], change(lines[3]), *lines[4:]])


def dated(text: str) -> Damage:
    return records(lambda line: line.replace("17.04.11", text))


def renamed(header: str) -> Damage:
    return each(lambda lines: [header, *lines[1:]])


def swallowed(line: str) -> str:
    """The last text begins with a quote that is never closed, so that all below is in it."""
    return line[: line.rindex(',"') + 2] + "open\n"


def unquoted(line: str) -> str:
    """Without quotes but the last that `swallowed` leaves open."""
    start, open_, end = line.partition('"open')
    return start + open_ + end if open_ else line.replace('"', "").replace(", schön", "")


def with_fields(*changes: tuple[str, str]) -> Damage:
    """The first change is made to the first row, the second to the second, and so on."""

    def damage(text: str) -> bytes:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        for row, (name, value) in zip(rows, changes, strict=False):
            row[name] = value
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode()

    return damage


BAD_FIELDS = (
    ("category_id", "x"), ("views", "1.5"), ("likes", "-1"), ("dislikes", "1e3"), ("comment_count", " 7"),
    ("comments_disabled", "yes"), ("ratings_disabled", "0"), ("video_error_or_removed", "on"), ("publish_time", "yesterday"),
    ("publish_time", "2017-13-01T00:00:00Z"), ("publish_time", "1510567200"), ("video_id", "short"), ("trending_date", "17.32.11"),
    ("trending_date", "2017.04.11"), ("views", "1" * 19),
)  # fmt: skip
EMPTY_FIELDS = (
    "title", "channel_title", "category_id", "publish_time", "tags", "views", "likes", "dislikes", "comment_count", "thumbnail_link",
    "comments_disabled", "ratings_disabled", "video_error_or_removed", "description",
)  # fmt: skip


# name: damage, rows staged (of 20), what the file's reason begins with
CASES: dict[str, tuple[Damage, int, str]] = {
    "whole": (str.encode, 20, ""),
    "bom_and_crlf": (lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), 20, ""),
    "without_last_newline": (lambda text: text.rstrip("\n").encode(), 20, ""),
    "header_in_capitals": (each(lambda lines: [lines[0].upper(), *lines[1:]]), 20, ""),
    "another_header": (renamed("id,date,title\n"), 0, "header: not the known one: id,date,title"),
    "columns_in_another_order": (
        each(lambda lines: [lines[0].replace("likes,dislikes", "dislikes,likes"), *lines[1:]]),
        0,
        "header: not the known one",
    ),
    "a_column_more": (records(lambda line: line.replace("\n", ",x\n")), 0, ""),
    "a_column_more_in_header_too": (
        each(lambda lines: [line.replace("\n", ",x\n") for line in lines]),
        0,
        "header: not the known one",
    ),
    "without_header": (each(lambda lines: lines[1:]), 0, "header: not the known one"),
    "header_alone": (lambda _: HEADER.encode(), 0, ""),
    "empty": (lambda _: b"", 0, "empty"),
    "dates_that_can_only_be_turned": (dated("17.11.14"), 0, "trending_date: 20 rows can only be YY.MM.DD"),
    # 4 November as YY.MM.DD is 11 April as YY.DD.MM: a good date, but months before the videos were published
    "dates_that_could_be_turned": (dated("17.11.04"), 0, "trending_date: 20 rows lie before their publication"),
    "dates_to_come": (dated("68.04.11"), 0, "trending_date: 20 rows lie before their publication or after the load"),
    "no_date_at_all": (dated(""), 0, "trending_date: no row has a date"),
    "one_date_without_a_year": (third(lambda line: line.replace("17.04.11", "04.11")), 19, ""),
    "one_short_row": (third(lambda line: ",".join(line.split(",")[:5]) + "\n"), 19, ""),
    "one_long_row": (third(lambda line: line.replace("\n", ",x\n")), 19, ""),
    "one_bad_id": (third(lambda line: "#NAME?" + line[11:]), 19, ""),
    "a_quote_open_to_the_end": (
        each(lambda lines: [*lines[:18], *map(unquoted, [swallowed(lines[18]), *lines[19:]])]),
        17,
        "",
    ),
    "a_last_text_cut_off": (each(lambda lines: [*lines[:-1], swallowed(lines[-1]).rstrip()]), 20, ""),
    "windows_1252": (lambda text: text.encode("cp1252"), 0, "20 not readable, the first at record 2: Invalid UTF8"),
    "some_bytes_not_utf_8": (
        lambda text: text.encode().replace("Größe 3,".encode(), b"Gr\xf6\xdfe 3,"),
        19,
        "1 not readable, the first at record 5: Invalid UTF8 detected in string",
    ),
    "twice_encoded": (lambda text: text.encode().decode("cp1252").encode(), 20, ""),
    "utf_16": (lambda text: text.encode("utf-16"), 0, "header: not readable; "),
    "a_bad_field_in_most_rows": (with_fields(*BAD_FIELDS), 5, ""),
    "an_empty_field_in_most_rows": (with_fields(*((name, "") for name in EMPTY_FIELDS), ("tags", "[none]")), 20, ""),
    "half_of_the_dates_impossible": (with_fields(*[("publish_time", "2018-01-01")] * 10), 20, ""),
    "most_of_the_dates_impossible": (
        with_fields(*[("publish_time", "2018-01-01")] * 11),
        0,
        "trending_date: 11 rows lie before",
    ),
    "published_the_day_after": (with_fields(*[("publish_time", "2017-11-05T23:59:59Z")] * 20), 20, ""),
    "published_two_days_after": (
        with_fields(*[("publish_time", "2017-11-06T00:00:00Z")] * 20),
        0,
        "trending_date: 20 rows lie before",
    ),
    "days_of_tomorrow": (dated(f"{TODAY + timedelta(days=1):%y.%d.%m}"), 20, ""),
    "days_after_tomorrow": (
        dated(f"{TODAY + timedelta(days=2):%y.%d.%m}"),
        0,
        "trending_date: 20 rows lie before their publication or after",
    ),
    "every_row_twice": (each(lambda lines: [*lines, *lines[1:]]), 20, ""),
}
# text behind a closing quote: COPY reads no such record, and goes on with the next line
GLUED = {
    "two_records_glued": each(lambda lines: [*lines[:3], lines[3].rstrip("\n"), *lines[4:]]),
    "a_quote_open_until_the_next": third(swallowed),
}


@pytest.mark.parametrize("name", GLUED)
def test_a_record_with_text_behind_a_quote_is_not_read(pipeline: Pipeline, tmp_path: Path, name: str) -> None:
    path = tmp_path / "DEvideos_17.04.11.csv"
    path.write_bytes(GLUED[name](WHOLE))
    pipeline.put([path])
    assert set(pipeline.run().values()) <= {"SUCCEEDED", "SKIPPED"}
    found = pipeline.rows("SELECT ROWS_STAGED, REASON FROM ANALYTICS.FILE_OVERVIEW")
    assert found[0][0] == 18
    assert str(found[0][1]).startswith("1 not readable, the first at record 4: Found character")


@pytest.mark.parametrize("name", CASES)
def test_damaged_file(pipeline: Pipeline, tmp_path: Path, name: str) -> None:
    damage, staged, reason = CASES[name]
    path = tmp_path / "DEvideos_17.04.11.csv"
    path.write_bytes(damage(WHOLE))
    pipeline.put([path])
    assert set(pipeline.run().values()) <= {"SUCCEEDED", "SKIPPED"}
    check(pipeline, expect([[path]], today=TODAY))
    found = pipeline.rows("SELECT ROWS_STAGED, NVL(REASON, '') FROM ANALYTICS.FILE_OVERVIEW")
    assert str(found[0][1]).startswith(reason)
    assert bool(found[0][1]) == bool(reason)
    assert found[0][0] == staged
    status = "SELECT STATUS FROM DWH.DATA_QUALITY_RESULTS WHERE CHECK_NAME = 'titles_are_readable'"
    assert pipeline.rows(status) in ([], [("warning" if name == "twice_encoded" else "passed",)])


def test_a_file_that_cannot_be_unpacked_is_tried_again(pipeline: Pipeline, tmp_path: Path) -> None:
    """Half a gzip file loads nothing and is named; the whole one under the same name loads."""
    path = write_day(tmp_path, date(2017, 11, 14), ["US"], videos=20)[0]
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    for _ in range(2):
        pipeline.put([path])
        pipeline.run()
        found = pipeline.rows("SELECT ROWS_STAGED, REASON FROM ANALYTICS.FILE_OVERVIEW ORDER BY LOADED_AT")
        assert "cannot be decompressed" in str(found[-1][1])
    logged = pipeline.rows(
        "SELECT STATUS, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'MONITOR_NEW_FILES' ORDER BY ENDED_AT"
    )
    assert logged[0][0] == "warning"
    assert path.name in str(logged[0][1])
    path.write_bytes(whole)
    pipeline.put([path])
    assert "FAILED" not in pipeline.run().values()
    facts = pipeline.rows("SELECT COUNT(*) FROM DWH.FACT_VIDEO_STATS")
    assert facts == [(len(expect([[path]]).rows),)]


def test_random_damage_is_accounted_for(pipeline: Pipeline, tmp_path: Path) -> None:
    """Bytes changed, cut and doubled at random: no task fails, and the rows of every file add up."""
    rng = random.Random(11)
    for day in range(1, 9):
        paths = write_day(tmp_path, date(2017, 11, day), ["DE", "US"], videos=30)
        for path in paths:
            content = bytearray(gzip.decompress(path.read_bytes()))
            for _ in range(rng.randint(1, 20)):
                at = rng.randrange(len(content))
                content[at : at + rng.choice((0, 1, 1, 40))] = rng.choice(
                    (b"", b'"', b"\n", b",", b"\xff", b"\r", content[at : at + 90])
                )
            path.write_bytes(gzip.compress(bytes(content), mtime=0))
        pipeline.put(paths)
        assert "FAILED" not in pipeline.run().values(), pipeline.errors()
    files = pipeline.rows(
        "SELECT ROWS_IN_FILE, ROWS_STAGED + ROWS_REJECTED + ROWS_DUPLICATE FROM ANALYTICS.FILE_OVERVIEW"
    )
    assert len(files) == 16
    assert all(rows == accounted for rows, accounted in files)
    staged = pipeline.rows("SELECT SUM(ROWS_STAGED) FROM ANALYTICS.FILE_OVERVIEW")[0][0]
    assert staged == pipeline.rows("SELECT COUNT(*) FROM STAGING.VIDEOS")[0][0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"items": {"id": "1"}}', None),
        ('{"kind": "nothing"}', "items: no list"),
        (
            '{"items": [{"id": "x1", "snippet": {"title": "A"}}, {"id": "1", "snippet": {"title": "B"}}]}',
            "id: not a whole number",
        ),
        ('{"items": [{"snippet": {"title": "A"}}]}', "id: not a whole number"),
        ("[1, 2]", "items: no list"),
        ("{", None),
        ("", None),
    ],
)
def test_a_bad_category_list_stops_nothing(
    pipeline: Pipeline, tmp_path: Path, content: str, reason: str | None
) -> None:
    bad = tmp_path / "US_category_id.json"
    bad.write_text(content)
    videos = write_day(tmp_path, date(2017, 11, 14), ["US", "JP"], videos=20)
    good = write_categories(tmp_path, ["JP"])
    pipeline.put([bad, *videos, *good])
    assert set(pipeline.run().values()) == {"SUCCEEDED"}
    rejected = {row[0] for row in pipeline.rows("SELECT DISTINCT REASON FROM STAGING.REJECTED_CATEGORIES")}
    assert rejected >= ({reason} if reason else set())
    named = pipeline.rows("SELECT COUNT(*) FROM STAGING.CATEGORIES WHERE COUNTRY = 'US'")[0][0]
    assert named == (1 if '"B"' in content else 0)
    assert pipeline.rows("SELECT COUNT(*) FROM STAGING.CATEGORIES WHERE COUNTRY = 'JP'") == [(32,)]
