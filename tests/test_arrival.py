"""Late, doubled, renamed, corrected, all at once: however the files come, the final tables are those of one clean load."""

import csv
import gzip
import io
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samples.expected import expect
from samples.generate import HEADER, write_categories, write_day
from tests.conftest import sharing
from tests.pipeline import Pipeline, check, check_content

COUNTRIES = ("CA", "JP", "US")
DAYS = 4


def corrected(path: Path, folder: Path) -> Path:
    """The same day under another name, with other titles and views, as a source sends it after it saw a mistake."""
    text = gzip.decompress(path.read_bytes()).decode()
    better = folder / f"{path.name[:9]}{path.name[9:17]}_corrected.csv"
    better.write_text(text.replace("False,False,False", "True,False,False").replace("The ", "That "))
    return better


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_order_gives_what_one_clean_load_gives(
    template: Path, translations: dict[Any, Any], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(template, folder / "account")
        clean = [
            file
            for day in range(DAYS)
            for file in write_day(folder, date(2017, 11, 14) + timedelta(days=day), COUNTRIES, videos=12)
        ]
        better = [
            corrected(file, folder) for file in data.draw(st.lists(st.sampled_from(clean), max_size=3, unique=True))
        ]
        # what comes: every file once, some of them again under the same name, and copies under another name
        arriving = [*clean, *write_categories(folder, COUNTRIES), *better]
        arriving += data.draw(st.lists(st.sampled_from(clean), max_size=4))
        for number, file in enumerate(data.draw(st.lists(st.sampled_from(clean), max_size=4))):
            arriving.append(Path(shutil.copy(file, folder / f"{file.name[:9]}copy{number}.csv.gz")))
        order = list(data.draw(st.permutations(arriving)))
        for file in better:  # a correction comes after what it corrects
            order.remove(file)
            first = next(i for i, f in enumerate(order) if f.name == f"{file.name[:17]}.csv.gz")
            order.insert(data.draw(st.integers(first + 1, len(order))), file)
        pipeline = Pipeline(folder / "account")
        try:
            loads = _in_drops(order, data.draw(st.lists(st.integers(1, 6), min_size=len(order))), better)
            with sharing(pipeline.account, translations):
                for load in loads:
                    pipeline.put(load)
                    assert "FAILED" not in pipeline.run().values(), pipeline.errors()
            check(pipeline, expect(loads))
            check_content(pipeline, expect([[*clean, *(f for f in arriving if "category" in f.name)], better]))
        finally:
            pipeline.account.close()


def _in_drops(order: list[Path], sizes: list[int], better: list[Path]) -> list[list[Path]]:
    """The files in drops of these sizes; a correction begins a drop, because within one the name decides."""
    loads: list[list[Path]] = []
    for file, size in zip(order, sizes, strict=False):
        if not loads or len(loads[-1]) >= size or file in better:
            loads.append([])
        loads[-1].append(file)
    return loads


def test_two_hundred_files_at_once(pipeline: Pipeline, tmp_path: Path) -> None:
    days = [date(2017, 1, 1) + timedelta(days=n) for n in range(50)]
    files = [file for day in days for file in write_day(tmp_path, day, ("CA", "DE", "JP", "US"), videos=3)]
    assert len(files) == 200
    pipeline.put(files)
    assert set(pipeline.run().values()) == {"SUCCEEDED"}
    check(pipeline, expect([files]))


def test_a_file_that_was_replaced_is_loaded_again(pipeline: Pipeline, tmp_path: Path) -> None:
    """The same name with other bytes: COPY loads it again, the changed rows replace the old ones, the others are known."""
    path = write_day(tmp_path, date(2017, 11, 14), ("US",), videos=20)[0]
    before, after = tmp_path / "before" / path.name, tmp_path / "after" / path.name
    for folder in (before, after):
        folder.parent.mkdir()
    shutil.copy(path, before)
    text = gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)
    after.write_bytes(
        gzip.compress("".join([*text[:10], *(t.replace("The ", "A ") for t in text[10:])]).encode(), mtime=0)
    )
    for file in (before, after):
        pipeline.put([file])
        pipeline.run()
    check(pipeline, expect([[before], [after]]))


def test_copies_name_the_file_that_was_accepted(pipeline: Pipeline, tmp_path: Path) -> None:
    """Not a copy of it that came in between."""
    path = write_day(tmp_path, date(2017, 11, 14), ("US",), videos=10)[0]
    loads = []
    for name in ("m", "a", "z"):
        loads.append([Path(shutil.copy(path, tmp_path / f"USvideos_{name}.csv.gz"))])
        pipeline.put(loads[-1])
        pipeline.run()
    check(pipeline, expect(loads))
    said = "SELECT DISTINCT REASON FROM ANALYTICS.FILE_OVERVIEW WHERE REASON IS NOT NULL"
    assert pipeline.rows(said) == [("the same bytes as US/USvideos_m.csv.gz",)]


def test_two_loads_at_one_moment_are_two(pipeline: Pipeline, tmp_path: Path) -> None:
    """Of a file with another header and of a good one: the second run does not reject the first file again."""
    pipeline.account.shared.clock.freeze()
    bad, good = write_day(tmp_path, date(2017, 11, 14), ("JP", "US"), videos=10)
    text = gzip.decompress(bad.read_bytes()).decode()
    bad.write_bytes(gzip.compress(("a,b\n" + text[len(HEADER) :]).encode(), mtime=0))
    for file in (bad, good):
        pipeline.put([file])
        pipeline.run()
    check(pipeline, expect([[bad], [good]]))


def test_a_day_of_which_each_row_is_corrected_in_one_field(pipeline: Pipeline, tmp_path: Path) -> None:
    """After the next day came: what a field changes by itself in versions, facts and the differences of the day after."""
    days = [write_day(tmp_path, date(2017, 11, 14 + n), ("US",), videos=60)[0] for n in (0, 1)]
    lists = write_categories(tmp_path, ("US",))
    for files in ([days[0], *lists], [days[1]]):
        pipeline.put(files)
        pipeline.run()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(days[0].read_bytes()).decode(), newline="")))
    fields = ("title", "channel_title", "category_id", "views", "likes", "dislikes", "comment_count")
    for number, row in enumerate(rows):
        field = fields[number % len(fields)]
        row[field] = "10" if field == "category_id" else f"1{row[field]}"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    better = tmp_path / "better" / days[0].name
    better.parent.mkdir()
    better.write_bytes(gzip.compress(out.getvalue().encode(), mtime=0))
    pipeline.put([better])
    pipeline.run()
    check(pipeline, expect([[days[0], *lists], [days[1]], [better]]))


def test_a_rejected_file_that_is_mended_and_broken_again(pipeline: Pipeline, tmp_path: Path) -> None:
    """Three times the same name: another header, the known one, another one again. Each load has its own verdict."""
    path = write_day(tmp_path, date(2017, 11, 14), ("US",), videos=20)[0]
    text = gzip.decompress(path.read_bytes()).decode()
    loads = []
    for number, header in enumerate(("a,b,c\n", HEADER, "d,e,f\n")):
        file = tmp_path / str(number) / path.name
        file.parent.mkdir()
        file.write_bytes(gzip.compress((header + text[len(HEADER) :]).encode(), mtime=0))
        pipeline.put([file])
        assert "FAILED" not in pipeline.run().values()
        loads.append([file])
    check(pipeline, expect(loads))
    log = "SELECT STATUS, ERROR FROM RAW.PIPELINE_LOG WHERE STEP = 'PROCESS_NEW_VIDEOS' ORDER BY RUN_ID::NUMBER"
    rows = expect(loads[:1]).files[0].rows
    whole = f"{rows} rows rejected, with 1 whole files"
    said = pipeline.rows(log)
    assert said == [("warning", error) for error in (whole, "1 rows rejected, with 0 whole files", whole)]


@pytest.mark.skipif("not config.getoption('--long')", reason="only with --long")
def test_a_file_of_300_mb(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "USvideos_17.14.11.csv"
    line = 'video{i:06},17.14.11,"Title {i}","Channel",24,2017-11-13T10:00:00.000Z,[none],{i},1,0,1,x,False,False,False,"{t}"\n'
    with path.open("w") as file:
        file.write(HEADER)
        for i in range(999_999):
            file.write(line.format(i=i, t="d" * 200))
    assert path.stat().st_size > 300e6 * 0.9
    pipeline.put([path])
    assert "FAILED" not in pipeline.run().values()
    assert pipeline.rows("SELECT COUNT(*), SUM(VIEWS) FROM DWH.FACT_VIDEO_STATS") == [(999_999, sum(range(999_999)))]
