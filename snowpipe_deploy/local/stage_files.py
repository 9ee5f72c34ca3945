"""Where the files of internal stages lie, and what a reference like `@db.schema.stage/path`, `@%table` or `@~` means."""

import contextlib
import gzip
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.lexer import Token

_REFERENCE = re.compile(r'@((?:"(?:[^"]|"")*"|[^/"])*)/?(.*)', re.DOTALL)
_TABLE = re.compile(r"(?:(.*)\.)?%(.+)", re.DOTALL)
OF_USER = 0  # the id of the user's stage: there is one user


@dataclass(frozen=True, slots=True)
class StageFile:
    """A file on a stage; `path` is relative to the stage, `file` where its bytes are."""

    path: str
    size: int
    md5: str
    modified: object
    file: Path


def resolve(runner: Runner, token: Token) -> tuple[Entry, str]:
    """The stage and the path prefix of a reference.

    The stage of a table has the table's id and is named `%TABLE` in its schema; neither it nor the user's is in the catalog.
    """
    text = token.value if token.kind == "string" else token.text  # one with blanks stands in quotes
    if re.match(r"(?:s3|s3gov|s3china|s3compat|gcs|azure)://", text):
        raise unsupported("files outside of stages")
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise sql_error("syntax", f"syntax error: {token.text!r} is not a stage")
    name, path = match.groups()
    if name == "~":
        return Entry(OF_USER, "USER STAGE", ObjectName(("~",)), runner.now()), path
    if of_table := _TABLE.fullmatch(name):
        place, last = of_table.groups()
        table = runner.target(ObjectName.parse(f"{place}.{last}" if place else last))
        return of(table), path
    return runner.catalog.get("STAGE", runner.full(ObjectName.parse(name))), path


def of(table: Entry) -> Entry:
    """The stage that every table has (`@%t`)."""
    name = ObjectName((*table.name.parts[:-1], f"%{table.name.last}"))
    return Entry(table.id, "TABLE STAGE", name, table.created_on, owner=table.owner)


def label(stage: Entry, path: str) -> str:
    """How a file is called in results: with the stage's name where it has one."""
    return f"{stage.name.last.lower()}/{path}" if stage.kind == "STAGE" else path


def files(runner: Runner, stage: Entry, prefix: str = "") -> list[StageFile]:
    """The files whose path starts with the prefix, by path; those that an open transaction unloaded as well."""
    refuse_external(stage)
    rows = runner.shared.engine.all(
        "SELECT path, size, md5, modified, file FROM _account.stage_files WHERE stage = ? AND starts_with(path, ?) ORDER BY path",
        [stage.id, prefix],
    )
    return [StageFile(str(r[0]), int(str(r[1])), str(r[2]), r[3], runner.shared.files / str(r[4])) for r in rows]


def matches(pattern: str, path: str) -> bool:
    """Does PATTERN, a regular expression, mean the whole path?"""
    try:
        return re.fullmatch(pattern, path) is not None
    except re.error as error:
        raise sql_error("syntax", f"invalid regular expression {pattern!r}: {error}") from error


def refuse_external(stage: Entry) -> None:
    if stage.properties.get("URL"):
        raise unsupported(f"the files of the external stage {stage.name}")


def upload(runner: Runner, stage: Entry, path: str, source: Path, *, compress: bool) -> StageFile:
    """Copies a local file onto the stage, gzipped unless it already is."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise sql_error("load", f"{source} cannot be read: {error.strerror or error}") from error
    if compress and source.suffix not in {".gz", ".bz2", ".zst", ".br"}:
        return store(runner, stage, path + ".gz", gzip.compress(content, mtime=0))
    return store(runner, stage, path, content)


def store(runner: Runner, stage: Entry, path: str, content: bytes) -> StageFile:
    """Writes the bytes where the stage's files lie; `register` makes them a file of the stage."""
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    # the name carries the content's hash: a file that is replaced stays readable until the transaction ends
    stored = Path(str(stage.id)) / md5[:2] / f"{md5}-{Path(path).name}"
    _store(runner.shared.files / stored, content)
    return StageFile(path, len(content), md5, runner.now(), stored)


def _store(target: Path, content: bytes) -> None:
    """Writes the file whole or not at all."""
    partial = target.with_suffix(target.suffix + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # before the row that names it
        partial.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise sql_error("disk", error.strerror or error) from error


def register(engine: Engine, stage: Entry, file: StageFile) -> None:
    engine.run("DELETE FROM _account.stage_files WHERE stage = ? AND path = ?", [stage.id, file.path])
    engine.run(
        "INSERT INTO _account.stage_files VALUES (?, ?, ?, ?, ?, ?)",
        [stage.id, file.path, file.size, file.md5, file.modified, str(file.file)],
    )


def forget(runner: Runner, stage: Entry, file: StageFile) -> None:
    runner.engine.run("DELETE FROM _account.stage_files WHERE stage = ? AND path = ?", [stage.id, file.path])
    still = runner.engine.all("SELECT 1 FROM _account.stage_files WHERE stage = ? AND md5 = ?", [stage.id, file.md5])
    if not still:
        runner.discard(file.file)
