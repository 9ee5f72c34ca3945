"""CREATE, ALTER and DROP STREAM (reference B)."""

import re
from dataclasses import replace
from datetime import datetime

from snowpipe_deploy.local import changes, removal
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import translate
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    created,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
)  # fmt: skip
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import code


def create_stream(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    if "OR ALTER" in head.modifiers:
        raise unsupported("CREATE OR ALTER STREAM")
    if "INSERT_ONLY" in head.clauses or "BEFORE" in head.clauses:
        raise unsupported("INSERT_ONLY and BEFORE of CREATE STREAM")
    source = head.clauses.get("ON")
    source_kind, source_name = source if isinstance(source, tuple) else ("", "")
    if source_kind not in {"TABLE", "DYNAMIC TABLE"}:
        raise unsupported(f"a stream on {source_kind or 'nothing'}")
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    table = runner.catalog.get(source_kind, runner.full(ObjectName.parse(source_name)))
    append = str(head.clauses.get("APPEND_ONLY", "FALSE")).upper() == "TRUE"
    position = _position(runner, head, table.id)
    initial = str(head.clauses.get("SHOW_INITIAL_ROWS", "FALSE")).upper() == "TRUE"
    if initial and position is not None:
        raise unsupported("SHOW_INITIAL_ROWS together with AT")
    with runner.definition():
        if found is not None:
            removal.remove(runner, found)
        if not table.properties.get("tracked"):
            changes.track(runner.engine, table)
            table = runner.catalog.change(runner.engine, table.with_(tracked=True))
        version = position if position is not None else changes.newest_version(runner.engine)
        if initial:
            version = changes.new_version(runner) - 1
        properties = {
            "source": table.id, "source_name": str(table.name), "source_type": source_kind.title(),
            "mode": "APPEND_ONLY" if append else "DEFAULT",
        }  # fmt: skip
        if initial:
            properties["initial"] = version + 1
        entry = runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
        runner.engine.run("INSERT INTO _account.offsets VALUES (?, ?, ?)", [entry.id, version, runner.now()])
        changes.stream_view(runner.engine, entry, table)
    return created(head, name)


def _position(runner: Runner, head: Head, table: int) -> int | None:
    """AT (STREAM => 'other'): the offset of another stream on the same table; AT (TIMESTAMP => …): the table at that time."""
    text = head.clauses.get("AT")
    if text is None:
        return None
    tokens = code(str(text)[1:-1])
    if [token.upper for token in tokens[:2]] == ["TIMESTAMP", "=>"]:
        return _version_at(runner, str(text)[1:-1][tokens[1].end :].strip(), table)
    if len(tokens) != 3 or tokens[0].upper != "STREAM" or tokens[1].text != "=>":
        raise unsupported(f"AT {text} of CREATE STREAM")
    other = runner.catalog.get("STREAM", runner.full(ObjectName.parse(tokens[2].value)))
    if other.properties["source"] != table:
        raise sql_error("syntax", f"stream {other.name} is not on the same table")
    return int(str(runner.engine.all("SELECT version FROM _account.offsets WHERE stream = ?", [other.id])[0][0]))


def _version_at(runner: Runner, moment: str, table: int) -> int:
    """TO_TIMESTAMP_LTZ(n, 9) keeps its nanoseconds; any other time is read to the microsecond, and takes all of it."""
    exact = re.fullmatch(r"TO_TIMESTAMP_LTZ\s*\(\s*(\d+)\s*,\s*9\s*\)", moment, re.IGNORECASE)
    if exact is not None:
        at = int(exact[1])
    else:
        found = runner.engine.query(translate(runner, f"SELECT ({moment})::TIMESTAMP_LTZ", {}).sql).rows[0][0]
        if not isinstance(found, datetime):
            raise sql_error("syntax", f"{moment} is no time")
        at = int(found.timestamp() * 1_000_000) * 1000 + 999
    kept = runner.engine.all("SELECT min(moment) FROM _account.commits")[0][0]
    if isinstance(kept, datetime) and at < int(kept.timestamp() * 1_000_000) * 1000:
        raise unsupported(f"AT (TIMESTAMP => {moment}): the changes of table {table} do not reach back to it")
    return changes.version_at(runner.engine, at)


def alter_stream(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get("STREAM", full_name(runner, head))
    cursor = Cursor(head.rest)
    if cursor.accept("UNSET", "COMMENT"):
        comment = ""
    else:
        cursor.expect("SET")
        options = settings(cursor)
        if options.keys() != {"COMMENT"}:
            raise sql_error("syntax", f"ALTER STREAM SET {', '.join(options)}: only the comment can change")
        comment = options["COMMENT"]
    with runner.definition():
        runner.catalog.change(runner.engine, replace(entry, comment=comment))
    return status("Statement executed successfully.")


HANDLERS = {
    ("CREATE", "STREAM"): create_stream,
    ("ALTER", "STREAM"): alter_stream,
}
