"""Where the files of internal stages lie, and what a reference like `@db.schema.stage/path` means."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.lexer import Token


@dataclass(frozen=True, slots=True)
class StageFile:
    """A file on a stage; `path` is relative to the stage, `file` where its bytes are."""

    path: str
    size: int
    md5: str
    modified: object
    file: Path


def resolve(runner: Runner, token: Token) -> tuple[Entry, str]:
    """The stage and the path prefix of a reference."""
    text = token.value if token.kind == "string" else token.text  # one with blanks stands in quotes
    if not text.startswith("@"):
        raise sql_error("syntax", f"syntax error: {token.text!r} is not a stage")
    if text[1:2] in {"~", "%"}:
        raise unsupported("user and table stages")
    name, _, path = text[1:].partition("/")
    stage = runner.catalog.get("STAGE", runner.full(ObjectName.parse(name)))
    return stage, path


def files(runner: Runner, stage: Entry, prefix: str = "") -> list[StageFile]:
    """The files whose path starts with the prefix, by path."""
    if stage.properties.get("URL"):
        raise unsupported(f"reading the external stage {stage.name}")
    rows = runner.engine.all(
        "SELECT path, size, md5, modified, file FROM _account.stage_files WHERE stage = ? AND starts_with(path, ?) ORDER BY path",
        [stage.id, prefix],
    )
    return [StageFile(str(r[0]), int(str(r[1])), str(r[2]), r[3], runner.shared.files / str(r[4])) for r in rows]


def upload(runner: Runner, stage: Entry, path: str, source: Path, *, compress: bool) -> StageFile:
    """Copies a local file onto the stage, gzipped unless it already is."""
    if compress and source.suffix not in {".gz", ".bz2", ".zst", ".br"}:
        content = gzip.compress(source.read_bytes(), mtime=0)
        path += ".gz"
    else:
        content = source.read_bytes()
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    # the name carries the content's hash: a file that is replaced stays readable until the transaction ends
    stored = Path(str(stage.id)) / md5[:2] / f"{md5}-{Path(path).name}"
    target = runner.shared.files / stored
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(target.suffix + ".part")
    partial.write_bytes(content)
    partial.replace(target)
    return StageFile(path, len(content), md5, runner.now(), stored)


def register(runner: Runner, stage: Entry, file: StageFile) -> None:
    runner.engine.run("DELETE FROM _account.stage_files WHERE stage = ? AND path = ?", [stage.id, file.path])
    runner.engine.run(
        "INSERT INTO _account.stage_files VALUES (?, ?, ?, ?, ?, ?)",
        [stage.id, file.path, file.size, file.md5, file.modified, str(file.file)],
    )


def forget(runner: Runner, stage: Entry, file: StageFile) -> None:
    runner.engine.run("DELETE FROM _account.stage_files WHERE stage = ? AND path = ?", [stage.id, file.path])
    still = runner.engine.all("SELECT 1 FROM _account.stage_files WHERE stage = ? AND md5 = ?", [stage.id, file.md5])
    if not still:
        file.file.unlink(missing_ok=True)
