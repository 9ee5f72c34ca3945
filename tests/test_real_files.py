"""The pipeline on real files, whole and damaged, where they are at hand: `../shared/data` is not part of the project.

`docs/reference/damaged-files.md` says what becomes of each damaged file; `--update` writes what was found into it.
"""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samples.expected import expect
from tests.conftest import sharing
from tests.pipeline import REAL, ROOT, Pipeline, check

PAGE = ROOT / "docs" / "reference" / "damaged-files.md"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")


def damaged() -> Iterator[tuple[str, Path]]:
    """Each damaged or drifted file with the name under which it comes to the stage."""
    for path in sorted((REAL / "bad").glob("*.csv.gz")):
        yield f"{path.name[:2]}videos{path.name[2:]}", path
    yield "USvideos.csv.gz", REAL / "US" / "USvideos.csv.gz"
    for path in sorted(REAL.glob("*/daily/partial/*.csv.gz")):
        yield path.name, path
    for path in sorted((REAL / "JP_2024_drift").glob("*.csv.gz")):
        yield f"JPvideos_{path.name}", path


def outcome(template: Path, translations: dict[Any, Any], folder: Path, name: str, path: Path) -> str:
    """The file's line of the table, from a run on an account of its own; held against the independent computation."""
    shutil.copytree(template, folder / "account")
    file = Path(shutil.copy(path, folder / name))
    pipeline = Pipeline(folder / "account")
    try:
        with sharing(pipeline.account, translations):
            pipeline.put([file])
            assert set(pipeline.run().values()) == {"SUCCEEDED"}
        check(pipeline, expect([[file]]))
        overview = pipeline.rows(
            "SELECT ROWS_IN_FILE, ROWS_STAGED, ROWS_REJECTED, ROWS_DUPLICATE, NVL(REASON, '') FROM ANALYTICS.FILE_OVERVIEW"
        )
        assert len(overview) == 1
        rows, *parts, reason = overview[0]
        assert rows == sum(map(int, parts))  # type: ignore[call-overload]  # counts
        rejected = pipeline.rows("SELECT COUNT(*), MIN(REASON) FROM STAGING.REJECTED_VIDEOS")[0]
        why = reason or (rejected[1] if rejected[0] else "")
    finally:
        pipeline.account.close()
        shutil.rmtree(folder / "account")
    return f"| `{path.relative_to(REAL)}` | {rows} | {' | '.join(map(str, parts))} | {why} |"


def test_every_damaged_file_ends_as_the_page_says(
    template: Path, translations: dict[Any, Any], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    lines = [outcome(template, translations, tmp_path, name, path) for name, path in damaged()]
    text = PAGE.read_text()
    start = text.index("| File |")
    head, table = text[:start], text[start:].splitlines()
    if request.config.getoption("--update"):
        PAGE.write_text(head + "\n".join([*table[:2], *lines]) + "\n")
    else:
        assert lines == table[2:]


def test_all_countries_together(pipeline: Pipeline) -> None:
    """US, GB and CA day by day, then one day of the six others; totals, versions, changes and texts row by row."""
    days = sorted({p.name[9:17] for p in REAL.glob("*/daily/*.csv.gz")})
    loads = [sorted(REAL.glob(f"*/daily/*_{day}.csv.gz")) for day in days]
    loads[0] += sorted((REAL / "category").glob("*.json"))
    loads.append(sorted((REAL / "kaggle_shape").glob("*.csv.gz")))
    for files in loads:
        pipeline.put(files)
        assert set(pipeline.run().values()) == {"SUCCEEDED"}
    check(pipeline, expect(loads))
    lacking = pipeline.rows(
        "SELECT DISTINCT STATUS, F.VALUE::VARCHAR FROM DWH.DATA_QUALITY_RESULTS, LATERAL FLATTEN(SPLIT(MEASURED, ', ')) F "
        "WHERE CHECK_NAME = 'category_has_a_name' AND STATUS <> 'passed' AND F.VALUE::VARCHAR LIKE 'CA%'"
    )
    assert lacking == [("warning", "CA 29")]
    mangled = pipeline.rows(
        "SELECT DISTINCT STATUS FROM DWH.DATA_QUALITY_RESULTS WHERE CHECK_NAME = 'titles_are_readable'"
    )
    assert {row[0] for row in mangled} <= {"passed", "warning"}


def test_texts_are_the_bytes_of_the_file(pipeline: Pipeline) -> None:
    """Every title of the Japanese file stands in it byte for byte."""
    path = REAL / "kaggle_shape" / "JPvideos_18.01.11.csv.gz"
    pipeline.put([path])
    pipeline.run()
    content = gzip.decompress(path.read_bytes()).decode()
    titles = [str(row[0]) for row in pipeline.rows("SELECT TITLE FROM STAGING.VIDEOS")]
    assert len(titles) == 200
    assert all(title in content or title.replace('"', '""') in content for title in titles)
    assert sum(any(ord(character) > 127 for character in title) for title in titles) > 150
