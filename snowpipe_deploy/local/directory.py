"""The directory table of a stage: the files as they were at the last refresh, in the stage's own rows (reference D.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.catalog import Entry, column_dict, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor, value
from snowpipe_deploy.types import DataType

_TEXT = DataType("VARCHAR", (16777216,))
COLUMNS = (
    Column("RELATIVE_PATH", _TEXT),
    Column("SIZE", DataType("NUMBER", (38, 0))),
    Column("LAST_MODIFIED", DataType("TIMESTAMP_LTZ", (9,))),
    Column("MD5", _TEXT),
    Column("ETAG", _TEXT),
    Column("FILE_URL", _TEXT),
)
AS_PROPERTIES = {"columns": [column_dict(column) for column in COLUMNS]}
_NAMES = ", ".join(quoted(column.name) for column in COLUMNS)


def is_enabled(stage: Entry) -> bool:
    return bool(stage.properties.get("columns"))


def require(stage: Entry) -> None:
    """Raises that the stage has no directory table."""
    if not is_enabled(stage):
        raise sql_error("syntax", f"Directory table is not enabled for stage {stage.name}")


def is_wanted(clause: str, *, external: bool) -> bool:
    """What `DIRECTORY = (…)` says of ENABLE; what it cannot do here is refused by name."""
    cursor, options = Cursor(clause.strip().removeprefix("(").removesuffix(")")), {}
    while not cursor.done:
        word = cursor.take().upper
        options[word] = value(cursor).upper()
        cursor.accept(",")
    on = options.pop("ENABLE", "FALSE") == "TRUE"
    if on and external:
        raise unsupported("the directory table of an external stage")
    for word, given in options.items():
        if given != "FALSE":
            raise unsupported(f"DIRECTORY = ({word} = {given})")
    return on


@dataclass(frozen=True, slots=True)
class _Change:
    path: str
    status: str
    file: stage_files.StageFile | None = None


def refresh(runner: Runner, stage: Entry, below: str) -> list[list[object]]:
    """Makes the rows those of the stage's files below a path; what changed, a row a file. Runs inside `runner.changes()`."""
    found: list[list[object]] = []
    for change in _changes(runner, stage, below):
        if change.status != "REGISTERED_NEW":
            runner.write(f"DELETE FROM {stage.base} WHERE RELATIVE_PATH = ?", [change.path], stage)
        if change.file is not None:
            row = [
                change.path,
                change.file.size,
                change.file.modified,
                change.file.md5,
                change.file.md5,
                _url(stage, change.path),
            ]
            runner.write(f"INSERT INTO {stage.base} ({_NAMES}) VALUES (?, ?, ?, ?, ?, ?)", row, stage)
        done = "unregistered" if change.file is None else "registered"
        found.append([change.path, change.status, f"File {done} successfully."])
    return found


def _changes(runner: Runner, stage: Entry, below: str) -> Iterator[_Change]:
    rows = runner.engine.all(
        f"SELECT RELATIVE_PATH, MD5, LAST_MODIFIED FROM {stage.base} WHERE starts_with(RELATIVE_PATH, ?)", [below]
    )
    known = {str(path): (md5, modified) for path, md5, modified in rows}
    for file in stage_files.files(runner, stage, below):
        before = known.pop(file.path, None)
        if before is None:
            yield _Change(file.path, "REGISTERED_NEW", file)
        elif before != (file.md5, file.modified):
            yield _Change(file.path, "REGISTERED_UPDATE", file)
    yield from (_Change(path, "UNREGISTERED") for path in sorted(known))


def _url(stage: Entry, path: str) -> str:
    return f"https://local.snowflakecomputing.com/api/files/{'/'.join(map(quote, stage.name.parts))}/{quote(path)}"
