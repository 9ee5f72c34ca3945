"""File formats and sequences: objects that are only a list of options."""

from dataclasses import replace
from typing import Any

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files import formats
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    created,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
    settings,
)  # fmt: skip
from snowpipe_deploy.sqltext.head import Cursor, Head

_TYPES = frozenset({"CSV", "JSON", "PARQUET", "AVRO", "ORC", "XML"})


def create_file_format(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    kind = str(head.clauses.get("TYPE", "CSV")).upper()
    if kind not in _TYPES:
        raise sql_error("syntax", f"invalid file format type {kind!r}")
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    options = {k: v for k, v in head.clauses.items() if k not in {"COMMENT", "TYPE"}}
    formats.check_known(formats.FileFormat(kind, {word: str(value) for word, value in options.items()}))
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            if found.properties["TYPE"] != kind:
                raise sql_error("syntax", "the type of a file format cannot be changed")
            comment = str(head.clauses.get("COMMENT", ""))
            altered = replace(found, comment=comment, properties={"TYPE": kind, **options}, text=head.text)
            runner.catalog.change(runner.engine, altered)
        else:
            if found is not None:
                removal.remove(runner, found)
            runner.catalog.add(runner.engine, new_entry(runner, head, name, {"TYPE": kind, **options}))
    return created(head, name)


def alter_file_format(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get("FILE FORMAT", full_name(runner, head))
    cursor = Cursor(head.rest)
    if cursor.accept("RENAME", "TO"):
        with runner.definition():
            renamed(runner, entry, cursor)
        return status("Statement executed successfully.")
    if not cursor.accept("SET"):
        raise unsupported(f"ALTER FILE FORMAT {head.rest[:40]}")
    options = settings(cursor)
    if "TYPE" in options:
        raise sql_error("syntax", "the type of a file format cannot be changed")
    comment = options.pop("COMMENT", entry.comment)
    changed = replace(entry.with_(**options), comment=comment)
    whole = {word: str(value) for word, value in changed.properties.items() if word != "TYPE"}
    formats.check_known(formats.FileFormat(str(entry.properties["TYPE"]), whole))
    with runner.definition():
        runner.catalog.change(runner.engine, changed)
    return status("Statement executed successfully.")


def create_sequence(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    options = {k: v for k, v in head.clauses.items() if k != "COMMENT"}
    if found is not None and "OR ALTER" in head.modifiers:
        _alter_whole_sequence(runner, found, head, options)
        return created(head, name)
    with runner.definition():
        if found is not None:
            removal.remove(runner, found)
        entry = runner.catalog.add(runner.engine, new_entry(runner, head, name, options))
        start, step = str(options.get("START", "1")), str(options.get("INCREMENT", "1"))
        runner.engine.make_sequence(f"_data.s{entry.id}", start, step)
    return created(head, name)


def _alter_whole_sequence(runner: Runner, found: Entry, head: Head, options: dict[str, Any]) -> None:
    """CREATE OR ALTER: the sequence goes on where it stands; neither START nor ORDER can be given to it (reference F.3)."""
    if options.get("START", "1") != found.properties.get("START", "1"):
        if "START" not in options:
            raise unsupported(f"CREATE OR ALTER SEQUENCE without the START of {found.name}")
        raise sql_error("syntax", f"CREATE OR ALTER SEQUENCE cannot change the start of {found.name}")
    if options.get("ORDER") and not found.properties.get("ORDER"):
        raise sql_error("syntax", f"CREATE OR ALTER SEQUENCE cannot make {found.name} ordered")
    changed = replace(found, properties=options, comment=str(head.clauses.get("COMMENT", "")), text=head.text)
    with runner.definition():
        if changed.properties.get("INCREMENT", "1") != found.properties.get("INCREMENT", "1"):
            _step_anew(runner, found, changed)
        runner.catalog.change(runner.engine, changed)


def alter_sequence(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get("SEQUENCE", full_name(runner, head))
    cursor = Cursor(head.rest)
    if cursor.accept("RENAME", "TO"):
        with runner.definition():
            renamed(runner, entry, cursor)
        return status("Statement executed successfully.")
    if cursor.accept("UNSET", "COMMENT"):
        changed = replace(entry, comment="")
    elif cursor.accept("SET", "NOORDER"):
        changed = entry.with_(ORDER=None)
    else:
        cursor.expect("SET")
        options = settings(cursor)
        if options.keys() - {"COMMENT", "INCREMENT"}:
            raise unsupported(f"ALTER SEQUENCE {head.rest[:40]}")
        comment = options.pop("COMMENT", entry.comment)
        changed = replace(entry.with_(**options), comment=comment)
    with runner.definition():
        if changed.properties.get("INCREMENT") != entry.properties.get("INCREMENT"):
            _step_anew(runner, entry, changed)
        runner.catalog.change(runner.engine, changed)
    return status("Statement executed successfully.")


def _step_anew(runner: Runner, before: Entry, after: Entry) -> None:
    """The next number is still that of the old step (Snowflake's reference of ALTER SEQUENCE)."""
    name = f"_data.s{before.id}"
    found = runner.engine.all(
        "SELECT last_value FROM duckdb_sequences() WHERE schema_name = '_data' AND sequence_name = ?", [f"s{before.id}"]
    )
    old = int(before.properties.get("INCREMENT", "1"))
    start = int(before.properties.get("START", "1")) if found[0][0] is None else int(str(found[0][0])) + old
    runner.engine.run(f"DROP SEQUENCE {name}")
    runner.engine.make_sequence(name, start, after.properties.get("INCREMENT", "1"))


HANDLERS = {
    ("CREATE", "FILE FORMAT"): create_file_format,
    ("ALTER", "FILE FORMAT"): alter_file_format,
    ("CREATE", "SEQUENCE"): create_sequence,
    ("ALTER", "SEQUENCE"): alter_sequence,
}
