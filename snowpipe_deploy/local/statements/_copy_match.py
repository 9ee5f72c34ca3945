"""MATCH_BY_COLUMN_NAME: the columns of a file by their names (reference D.4)."""

from snowpipe_deploy.local.catalog import quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files import csv_table, reading
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.local.statements._copy_statement import Copy
from snowpipe_deploy.names import fold
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor

_SEMI = frozenset({"VARIANT", "OBJECT", "ARRAY"})
_NAMES = frozenset(name for name, _ in reading.METADATA)


def select(runner: Runner, copy: Copy, file: StageFile) -> str:
    """The SELECT from the file whose columns are, by position, those of the table."""
    there = _header(copy, file) if copy.form.type == "CSV" else _keys(runner, copy, file)
    metadata = _metadata(copy)
    items = [metadata.get(column.name) or _item(copy, column, there) for column in copy.columns]
    return f"SELECT {', '.join(items)} FROM _STAGE"


def _header(copy: Copy, file: StageFile) -> dict[str, str]:
    """Name in the file to the text of its value."""
    names = csv_table.header(file.file, file.path, copy.form)
    if len(names) != len(copy.columns) and copy.form.is_on("ERROR_ON_COLUMN_COUNT_MISMATCH"):
        raise unsupported(
            f"matching the {len(names)} columns of {file.path} with the {len(copy.columns)} of {copy.table.name} by name "
            "unless ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE"
        )
    return {name: f"${i}" for i, name in enumerate(names, 1)}


def _keys(runner: Runner, copy: Copy, file: StageFile) -> dict[str, str]:
    reading.read(runner.engine, file, copy.form, 1, "_copy_keys", exact=False, now=runner.now())
    rows = runner.engine.all(
        'SELECT DISTINCT k FROM (SELECT unnest(json_keys("C1")) AS k FROM _copy_keys WHERE json_type("C1") = \'OBJECT\') ORDER BY k'
    )
    runner.engine.run("DROP TABLE _copy_keys")
    return {str(row[0]): f"$1:{quoted(str(row[0]))}" for row in rows}


def _item(copy: Copy, column: Column, there: dict[str, str]) -> str:
    if copy.match == "CASE_SENSITIVE":
        value = there.get(column.name, "")
    else:
        value = next((text for name, text in there.items() if name.upper() == column.name.upper()), "")
    if not value:
        return "NULL"
    if copy.form.type == "CSV" or column.type.base in _SEMI:
        return value
    value = f"{value}::VARCHAR"
    if copy.form.type == "JSON":
        value = f"TRIM({value})" if copy.form.is_on("TRIM_SPACE") else value
        for null in copy.form.nulls:
            value = f"NULLIF({value}, {csv_table.text(null)})"
    return value


def _metadata(copy: Copy) -> dict[str, str]:
    """INCLUDE_METADATA = (column = METADATA$…, …)."""
    found = {}
    for part in split_list(copy.options.get("INCLUDE_METADATA", "")):
        cursor = Cursor(part)
        name = fold(cursor.take().text)
        cursor.expect("=")
        value = cursor.take().upper
        if value not in _NAMES or name not in {column.name for column in copy.columns}:
            raise sql_error("syntax", f"INCLUDE_METADATA: {part}")
        found[name] = value
    return found
