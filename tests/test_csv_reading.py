"""A regular CSV file is read by the engine, any other one record by record: wherever both can, they read the same."""

import gzip
import random
from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.files import csv_records, csv_shape, csv_table
from snowpipe_deploy.local.files.formats import FileFormat

PIECES = ('"', '""', ",", "\n", "\r\n", "a", "b c", " ", "|", "é", '"x"', '"y, z"', "1", "", "\t", "NULL")
FORMATS = (
    {"FIELD_OPTIONALLY_ENCLOSED_BY": '"', "ESCAPE_UNENCLOSED_FIELD": "NONE"},
    {"FIELD_OPTIONALLY_ENCLOSED_BY": '"', "NULL_IF": "('NULL', 'a')", "EMPTY_FIELD_AS_NULL": "FALSE"},
    {"FIELD_DELIMITER": "|", "TRIM_SPACE": "TRUE"},
    {"SKIP_HEADER": "1"},
)


def rows(account: LocalAccount, file: Path, form: FileFormat, *, regular: bool) -> list[tuple[object, ...]]:
    engine, d = account.shared.engine, csv_records.dialect(form)
    if regular:
        packed = "GZIP" if file.suffix == ".gz" else "NONE"
        assert csv_table._read_regular(engine, file, packed, form, d, (2, 2), "held", "0 AS meta")
    else:
        text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        csv_table._read_exactly(engine, text.decode(), d, 2, "held", "0 AS meta", exact=False)
    return engine.all('SELECT "C1", "C2" FROM held')


@pytest.mark.parametrize("number", range(len(FORMATS)))
def test_both_ways_read_the_same(account: LocalAccount, tmp_path: Path, number: int) -> None:
    chance, form, seen = random.Random(number), FileFormat("CSV", FORMATS[number]), 0
    apart = form.mark("FIELD_DELIMITER")
    for i in range(400):
        fields = ["".join(chance.choices(PIECES, k=chance.randint(0, 3))) for _ in range(6)]
        fields = [f'"{field.replace(chr(34), chr(34) * 2)}"' if chance.random() < 0.4 else field for field in fields]
        text = "".join(
            f"{a}{apart}{b}{chance.choice((chr(10), chr(13) + chr(10)))}"
            for a, b in zip(fields[::2], fields[1::2], strict=True)
        )
        content = text.encode().removesuffix(b"\n" if i % 3 else b"")
        if not csv_shape.is_regular(iter([content[:5], content[5:]]), csv_records.dialect(form), 2):
            continue
        file = tmp_path / f"{i}.csv{'.gz' if i % 2 else ''}"
        file.write_bytes(gzip.compress(content) if i % 2 else content)
        assert rows(account, file, form, regular=True) == rows(account, file, form, regular=False), content
        seen += 1
    assert seen > 20
