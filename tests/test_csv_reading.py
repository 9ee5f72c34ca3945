"""A regular CSV file is read by the engine, any other one record by record: wherever both can, they read the same."""

import gzip
import random
from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.files import csv_records, csv_shape, csv_table
from snowpipe_deploy.local.files.csv_shape import Shape
from snowpipe_deploy.local.files.formats import FileFormat

PIECES = ('"', '""', ",", "\n", "\r\n", "a", "b c", " ", "|", "é", '"x"', '"y, z"', "1", "", "\t", "NULL")
FORMATS = (
    {"FIELD_OPTIONALLY_ENCLOSED_BY": '"', "ESCAPE_UNENCLOSED_FIELD": "NONE"},
    {"FIELD_OPTIONALLY_ENCLOSED_BY": '"', "NULL_IF": "('NULL', 'a')", "EMPTY_FIELD_AS_NULL": "FALSE"},
    {"FIELD_DELIMITER": "|", "TRIM_SPACE": "TRUE"},
    {"SKIP_HEADER": "1"},
)


def rows(account: LocalAccount, file: Path, form: FileFormat, *, by_engine: bool) -> list[tuple[object, ...]]:
    engine = account.shared.engine
    if by_engine:
        packed = "GZIP" if file.suffix == ".gz" else "NONE"
        assert csv_table.read_by_engine(engine, file, packed, form, (2, 2), "held", "0 AS meta") is not Shape.ODD
    else:
        text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        csv_table.read_exactly(engine, text.decode(), csv_records.dialect(form), 2, "held", "0 AS meta", exact=False)
    return engine.all('SELECT "C1", "C2" FROM held')


def some_text(chance: random.Random, apart: str, least: int, most: int) -> str:
    """A few records, most of them well written."""
    lines = []
    for _ in range(3):
        fields = ["".join(chance.choices(PIECES, k=chance.randint(0, 3))) for _ in range(chance.randint(least, most))]
        fields = [f'"{f.replace(chr(34), chr(34) * 2)}"' if chance.random() < 0.4 else f for f in fields]
        lines.append(apart.join(fields) + chance.choice(("\n", "\r\n")))
    return "".join(lines)


@pytest.mark.parametrize(
    ("number", "wanted"), [(n, s) for n in range(len(FORMATS)) for s in (Shape.EVEN, Shape.UNEVEN)]
)
def test_both_ways_read_the_same(account: LocalAccount, tmp_path: Path, number: int, wanted: Shape) -> None:
    chance, form, seen = random.Random(number), FileFormat("CSV", FORMATS[number]), 0
    widths = (2, 2) if wanted is Shape.EVEN else (1, 4)
    for i in range(400):
        content = (
            some_text(chance, form.mark("FIELD_DELIMITER"), *widths).encode().removesuffix(b"\n" if i % 3 else b"")
        )
        if csv_shape.shape(iter([content[:5], content[5:]]), csv_records.dialect(form), 2) is not wanted:
            continue
        file = tmp_path / f"{i}.csv{'.gz' if i % 2 else ''}"
        file.write_bytes(gzip.compress(content) if i % 2 else content)
        assert rows(account, file, form, by_engine=True) == rows(account, file, form, by_engine=False), content
        seen += 1
    assert seen > 10


@pytest.mark.parametrize("options", FORMATS)
def test_the_engine_may_read_files_of_common_formats(options: dict[str, str]) -> None:
    assert csv_shape.may_be_regular(csv_records.dialect(FileFormat("CSV", options)), "utf-8")
