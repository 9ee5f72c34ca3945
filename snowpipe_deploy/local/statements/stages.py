"""CREATE, ALTER and DROP STAGE; PUT, GET, LIST and REMOVE."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from snowpipe_deploy.local import directory, pipes, removal, stage_files
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements._common import (
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
    settings,
)  # fmt: skip
from snowpipe_deploy.local.statements._stored import make_base
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import tokens

_NOT_KEPT = frozenset({"COMMENT", "TAG", "WITH TAG"})
_SECRET = frozenset({"CREDENTIALS", "ENCRYPTION"})
_HIDDEN = "(hidden)"  # Snowflake shows nobody the credentials of a stage (reference D.1): they are not even kept here


def create_stage(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    listed = directory.is_wanted(str(head.clauses.get("DIRECTORY") or ""), external="URL" in head.clauses)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    head = replace(head, text=without_credentials(head.text))
    properties = _hiding({k: v for k, v in head.clauses.items() if k not in _NOT_KEPT})
    if listed:
        properties |= directory.AS_PROPERTIES
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            if bool(found.properties.get("URL")) != bool(properties.get("URL")):
                raise sql_error("syntax", "a stage cannot be altered between internal and external")
            comment = str(head.clauses.get("COMMENT", ""))
            kept = {word: found.properties[word] for word in ("tracked", "kept") if word in found.properties}
            changed = replace(found, properties={**properties, **kept}, comment=comment, text=head.text)
            _list(runner, found, listed=listed)
            runner.catalog.change(runner.engine, changed)
        else:
            if found is not None:
                removal.remove(runner, found)
            entry = runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
            if listed:
                make_base(runner, entry)
    return status(f"Stage area {name.last} successfully created.")


def _list(runner: Runner, stage: Entry, *, listed: bool) -> None:
    """Makes room for the directory table of a stage, or leaves it as it is; its rows are not taken away here."""
    if directory.is_enabled(stage) and not listed:
        raise unsupported(f"DIRECTORY = (ENABLE = FALSE) of {stage.name}, which has a directory table")
    if listed and not directory.is_enabled(stage):
        make_base(runner, stage.with_(**directory.AS_PROPERTIES))


def _refresh(runner: Runner, stage: Entry, cursor: Cursor) -> Answer:
    """ALTER STAGE … REFRESH [SUBPATH = '…']"""
    directory.require(stage)
    options = settings(cursor)
    _check(options, "SUBPATH", "ALTER STAGE REFRESH")
    runner.commit()
    with runner.changes():
        rows = directory.refresh(runner, stage, options.get("SUBPATH", "").lstrip("/"))
    return listing(("file", "status", "description"), rows)


def _hiding(properties: dict[str, Any]) -> dict[str, Any]:
    return properties | {word: _HIDDEN for word in _SECRET if properties.get(word)}


def without_credentials(text: str) -> str:
    """The statement with the literals of CREDENTIALS = (…) and ENCRYPTION = (…) made unreadable."""
    if not any(word in text.upper() for word in _SECRET):
        return text
    out, depth, within = [], 0, False
    for token in tokens(text):
        within = within or token.upper in _SECRET
        depth += {"(": 1, ")": -1}.get(token.text, 0) if within else 0
        within = within and not (token.text == ")" and depth == 0)
        out.append("'*****'" if within and depth and token.kind == "string" else token.text)
    return "".join(out)


def alter_stage(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get("STAGE", full_name(runner, head))
    cursor = Cursor(head.rest)
    if cursor.accept("RENAME", "TO"):
        with runner.definition():
            renamed(runner, entry, cursor)
        return status("Statement executed successfully.")
    if cursor.accept("REFRESH"):
        return _refresh(runner, entry, cursor)
    if cursor.accept("SET", "DIRECTORY", "="):
        listed = directory.is_wanted(cursor.parens(), external="URL" in entry.properties)
        with runner.definition():
            _list(runner, entry, listed=listed)
            runner.catalog.change(runner.engine, entry.with_(**(directory.AS_PROPERTIES if listed else {})))
        return status("Statement executed successfully.")
    if cursor.accept("SET"):
        options = settings(cursor)
        if options.keys() - {"COMMENT", "URL", "STORAGE_INTEGRATION", "FILE_FORMAT", "CREDENTIALS"}:
            raise unsupported(f"ALTER STAGE {head.rest[:40]}")
        comment = options.pop("COMMENT", entry.comment)
        changed = replace(entry.with_(**_hiding(options)), comment=comment)
    elif cursor.accept("UNSET", "COMMENT"):
        changed = replace(entry, comment="")
    else:
        raise unsupported(f"ALTER STAGE {head.rest[:40]}")
    with runner.definition():
        runner.catalog.change(runner.engine, changed)
    return status("Statement executed successfully.")


def _local_files(pattern: str) -> list[Path]:
    """The files that a path with wildcards in its last part means."""
    path = Path(pattern)
    return sorted(found for found in path.parent.glob(path.name) if found.is_file())


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a PUT or GET says: the files at the client, and where on which stage."""

    location: str
    stage: Entry
    prefix: str
    compress: bool = True
    overwrite: bool = False
    parallel: int = 4
    pattern: str | None = None


def transfer(runner: Runner, head: Head) -> Transfer:
    """Reads PUT file://<path> @stage[/path] … or GET @stage[/path] file://<path> …"""
    cursor = Cursor(head.text)
    verb = cursor.take().upper
    first, second = cursor.take(), cursor.take()
    local, remote = (first, second) if verb == "PUT" else (second, first)
    stage, prefix = stage_files.resolve(runner, remote)
    if stage.properties.get("URL"):
        raise sql_error("load", f"{verb} works on internal stages only")
    if not local.value.startswith("file://"):
        raise sql_error("syntax", f"syntax error: {verb} needs file://<path>")
    options = settings(cursor)
    known = "AUTO_COMPRESS OVERWRITE PARALLEL SOURCE_COMPRESSION" if verb == "PUT" else "PARALLEL PATTERN"
    _check(options, known, verb)
    if options.get("SOURCE_COMPRESSION", "AUTO_DETECT").upper() != "AUTO_DETECT":
        raise unsupported("PUT with SOURCE_COMPRESSION")
    return Transfer(
        local.value.removeprefix("file://"),
        stage,
        prefix,
        options.get("AUTO_COMPRESS", "TRUE").upper() == "TRUE",
        options.get("OVERWRITE", "FALSE").upper() == "TRUE",
        int(options.get("PARALLEL", "4")),
        options.get("PATTERN"),
    )


def target(made: Transfer, name: str) -> str:
    """Where on the stage a file of this name goes."""
    return (made.prefix.rstrip("/") + "/" if made.prefix else "") + name


def is_there(runner: Runner, stage: Entry, path: str) -> bool:
    return any(file.path == path for file in stage_files.files(runner, stage, path))


def arrived(runner: Runner, stage: Entry, file: stage_files.StageFile) -> None:
    """Makes what was stored a file of the stage, and tells the pipes that wait for it."""
    with runner.definition():
        stage_files.register(runner.engine, stage, file)
        told = pipes.notify(runner, stage, file.path, file.md5)
    for pipe in told:
        runner.shared.load_files(pipe.id)


def put(runner: Runner, head: Head) -> Answer:
    """PUT file:///path/* @stage[/path] [AUTO_COMPRESS = …] [OVERWRITE = …]"""
    made = transfer(runner, head)
    sources = _local_files(made.location)
    if not sources:
        raise sql_error("load", f"File doesn't exist: {made.location}")
    rows = []
    for source in sources:
        file = stage_files.upload(runner, made.stage, target(made, source.name), source, compress=made.compress)
        done = "SKIPPED" if is_there(runner, made.stage, file.path) and not made.overwrite else "UPLOADED"
        if done == "UPLOADED":
            arrived(runner, made.stage, file)
        packed = "GZIP" if file.path.endswith(".gz") else "NONE"
        given = "GZIP" if source.suffix == ".gz" else "NONE"
        rows.append([source.name, Path(file.path).name, source.stat().st_size, file.size, given, packed, done, ""])
    columns = ("source", "target", "source_size", "target_size", "source_compression", "target_compression", "status",
               "message")  # fmt: skip
    return listing(columns, rows)


def chosen(runner: Runner, made: Transfer) -> list[stage_files.StageFile]:
    """The files that a GET means."""
    return _fitting(stage_files.files(runner, made.stage, made.prefix), made.pattern)


def get(runner: Runner, head: Head) -> Answer:
    """GET @stage[/path] file:///folder [PARALLEL = …] [PATTERN = …]: the files, without the folders of their paths."""
    made = transfer(runner, head)
    folder = Path(made.location)
    if not folder.is_dir():
        raise sql_error("load", f"The local path does not exist: {folder}")
    rows: list[list[object]] = []
    for file in chosen(runner, made):
        name = Path(file.path).name
        (folder / name).write_bytes(file.file.read_bytes())
        rows.append([name, file.size, "DOWNLOADED", ""])
    return listing(("file", "size", "status", "message"), rows)


def _check(options: Iterable[str], known: str, statement: str) -> None:
    if extra := set(options) - set(known.split()):
        raise unsupported(f"{statement} option {', '.join(sorted(extra))}")


def _fitting(files: list[stage_files.StageFile], pattern: str | None) -> list[stage_files.StageFile]:
    return [file for file in files if pattern is None or stage_files.matches(pattern, file.path)]


def _matching(runner: Runner, head: Head) -> tuple[Entry, list[stage_files.StageFile]]:
    cursor = Cursor(head.text)
    cursor.take()
    stage, prefix = stage_files.resolve(runner, cursor.take())
    options = settings(cursor)
    _check(options, "PATTERN", head.verb)
    return stage, _fitting(stage_files.files(runner, stage, prefix), options.get("PATTERN"))


def list_files(runner: Runner, head: Head) -> Answer:
    stage, found = _matching(runner, head)
    rows = [[stage_files.label(stage, f.path), f.size, f.md5, f"{f.modified:%a, %d %b %Y %H:%M:%S GMT}"] for f in found]
    return listing(("name", "size", "md5", "last_modified"), rows)


def remove_files(runner: Runner, head: Head) -> Answer:
    stage, found = _matching(runner, head)
    with runner.definition():
        for file in found:
            stage_files.forget(runner, stage, file)
    return listing(("name", "result"), [[stage_files.label(stage, f.path), "removed"] for f in found])


HANDLERS = {
    ("CREATE", "STAGE"): create_stage,
    ("ALTER", "STAGE"): alter_stage,
    ("PUT",): put,
    ("GET",): get,
    ("LIST",): list_files,
    ("LS",): list_files,
    ("REMOVE",): remove_files,
    ("RM",): remove_files,
}
