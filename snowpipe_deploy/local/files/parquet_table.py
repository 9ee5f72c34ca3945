"""A Parquet file as a table of the engine with one VARIANT: an object for each row."""

import re
from pathlib import Path

from snowpipe_deploy.local.catalog import quoted
from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.files.csv_table import text
from snowpipe_deploy.local.files.formats import FileFormat

_TIMES = re.compile(r"\b(?:DATE|TIME|TIMESTAMP|INTERVAL)\b|TIMESTAMP_|TIME_NS")


def read(engine: Engine, file: Path, path: str, form: FileFormat, table: str, meta: str) -> None:
    """Fills the temporary table with C1."""
    source = f"read_parquet({text(str(file))}, binary_as_string = {form.of('BINARY_AS_TEXT')})"
    columns = [(str(row[0]), str(row[1])) for row in engine.all(f"DESCRIBE SELECT * FROM {source}")]
    fields = ", ".join(f"{text(name)}, {_value(name, kind, path, form)}" for name, kind in columns)
    engine.run(f'CREATE OR REPLACE TEMP TABLE {table} AS SELECT json_object({fields}) AS "C1", {meta} FROM {source}')


def _value(name: str, kind: str, path: str, form: FileFormat) -> str:
    """The column as it becomes a part of a VARIANT."""
    if "BLOB" in kind:
        raise unsupported(f"column {name} of {path}, binary with BINARY_AS_TEXT = FALSE")
    if _TIMES.search(kind) and (not form.is_on("USE_LOGICAL_TYPE") or kind not in {"DATE", "TIMESTAMP"}):
        raise unsupported(
            f"column {name} of {path}, a {kind.lower()} (USE_LOGICAL_TYPE = TRUE reads DATE and TIMESTAMP)"
        )
    if kind == "TIMESTAMP":
        return f"strftime({quoted(name)}, '%Y-%m-%d %H:%M:%S.%g')"
    if kind == "FLOAT":
        return f"CAST({quoted(name)} AS DOUBLE)"
    if kind == "VARCHAR" and form.is_on("TRIM_SPACE"):
        return f"trim({quoted(name)}, ' \t')"
    if kind == "VARCHAR" and form.nulls:
        return f"CASE WHEN {quoted(name)} NOT IN ({', '.join(map(text, form.nulls))}) THEN {quoted(name)} END"
    return quoted(name)
