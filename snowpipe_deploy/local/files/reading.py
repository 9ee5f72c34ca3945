"""Reads one stage file into a temporary table: `C1`, `C2` … (for `$1`, `$2` …) as text (or one VARIANT) beside METADATA$ columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.files import csv_table, json_table, parquet_table
from snowpipe_deploy.local.files.csv_table import text
from snowpipe_deploy.local.files.formats import FileFormat
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.types import DataType

TEXT, NUMBER = DataType("VARCHAR", (16777216,)), DataType("NUMBER", (38, 0))
METADATA = (
    ("METADATA$FILENAME", TEXT),
    ("METADATA$FILE_ROW_NUMBER", NUMBER),
    ("METADATA$FILE_CONTENT_KEY", TEXT),
    ("METADATA$FILE_LAST_MODIFIED", DataType("TIMESTAMP_NTZ", (9,))),
    ("METADATA$START_SCAN_TIME", DataType("TIMESTAMP_LTZ", (9,))),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How many records a file has, and those that could not be read at all, by number."""

    rows: int
    unreadable: Mapping[int, SqlError]


def columns(form: FileFormat, count: int) -> tuple[tuple[str, DataType], ...]:
    """The columns of that table for a file read with `count` fields."""
    if form.type != "CSV":
        return (("C1", DataType("VARIANT")), *METADATA)
    return (*((f"C{i}", TEXT) for i in range(1, count + 1)), *METADATA)


def read(
    engine: Engine, file: StageFile, form: FileFormat, count: int, table: str, *, exact: bool, now: datetime
) -> Reading:
    """Fills the temporary table with the records of one file; `exact`: a record without `count` fields is unreadable."""
    meta, unreadable = _metadata(file, now), {}
    if form.type == "CSV":
        unreadable = csv_table.read(engine, file.file, file.path, form, count, table, meta, exact=exact)
    elif form.type == "JSON":
        json_table.read(engine, file.file, file.path, form, table, meta)
    else:
        parquet_table.read(engine, file.file, file.path, form, table, meta)
    return Reading(int(str(engine.all(f"SELECT count(*) FROM {table}")[0][0])), unreadable)


def _metadata(file: StageFile, now: datetime) -> str:
    return (
        f'{text(file.path)} AS "METADATA$FILENAME", CAST(row_number() OVER () AS DECIMAL(38,0)) AS "METADATA$FILE_ROW_NUMBER", '
        f'{text(file.md5)} AS "METADATA$FILE_CONTENT_KEY", CAST({text(str(file.modified))} AS TIMESTAMPTZ)::TIMESTAMP '
        f'AS "METADATA$FILE_LAST_MODIFIED", CAST({text(str(now))} AS TIMESTAMPTZ) AS "METADATA$START_SCAN_TIME"'
    )
