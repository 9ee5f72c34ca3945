"""What several families of statements do in the same way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from snowpipe_deploy.local import tags
from snowpipe_deploy.local.catalog import PARTS, Entry, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.head import Cursor, Head, value
from snowpipe_deploy.types import signature_type


def full_name(runner: Runner, head: Head) -> ObjectName:
    """The name in the head, completed; the schema it lies in must exist."""
    if head.name is None:
        raise sql_error("syntax", f"syntax error: {head.verb} {head.kind} needs a name")
    return runner.full(head.name, PARTS.get(head.kind, 3))


def check_container(runner: Runner, name: ObjectName) -> None:
    if len(name.parts) == 3 and runner.catalog.find("SCHEMA", name.parent) is None:
        raise sql_error("missing", "Schema", name.parent)
    if len(name.parts) >= 2 and runner.catalog.find("DATABASE", ObjectName(name.parts[:1])) is None:
        raise sql_error("missing", "Database", name.parts[0])


def place(runner: Runner, kind: str, name: ObjectName) -> tuple[str, ...]:
    """Where a session goes or SHOW looks, by its full name; clients tell by this very error that a schema is not there yet."""
    if runner.catalog.find(kind, name) is None:
        raise sql_error("no_such_place")
    return name.parts


def is_in_transient(runner: Runner, name: ObjectName) -> bool:
    """All tables of a transient schema or database are transient."""
    above = (runner.catalog.find("SCHEMA", name.parent), runner.catalog.find("DATABASE", ObjectName(name.parts[:1])))
    return any(container is not None and container.properties.get("transient") for container in above)


_FLAGS = frozenset({
    "ALLOW_OVERLAPPING_EXECUTION", "APPEND_ONLY", "AUTO_INGEST", "CHANGE_TRACKING", "ENABLED", "INSERT_ONLY", "PIPE_EXECUTION_PAUSED",
    "SHOW_INITIAL_ROWS",
})  # fmt: skip
_DAYS = frozenset({"DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS"})


def check_values(given: Mapping[str, Any]) -> None:
    """Values that no object takes: a flag is TRUE or FALSE, and nothing is kept for more than 90 days (reference B.6)."""
    for word, held in given.items():
        wrong = (word in _FLAGS and str(held).upper() not in {"TRUE", "FALSE"}) or (
            word in _DAYS and not (str(held).isdecimal() and int(held) <= 90)
        )
        if wrong:
            raise sql_error("syntax", f"invalid value [{held}] for parameter '{word}'")


def refuse_unknown(head: Head, *, also: frozenset[str] = frozenset()) -> None:
    """A property we do not know is refused by name, and so is a value that it does not take."""
    check_values(head.clauses)
    for word, _, _ in head.unknown:
        if word not in also:
            raise unsupported(f"property {word} of {head.kind}")


def existing(runner: Runner, head: Head, name: ObjectName, signature: str = "") -> tuple[Entry | None, Answer | None]:
    """The object in the way of a CREATE, and the answer where there is nothing to do (IF NOT EXISTS)."""
    check_container(runner, name)
    if {"OR REPLACE", "IF NOT EXISTS"} <= head.modifiers:
        raise sql_error("syntax", f"syntax error: OR REPLACE and IF NOT EXISTS of {head.kind} exclude each other")
    found = runner.catalog.find(head.kind, name, signature)
    if found is not None and "IF NOT EXISTS" in head.modifiers:
        return found, status(f"{name.last} already exists, statement succeeded.")
    if found is not None and not head.modifiers & {"OR REPLACE", "OR ALTER"}:
        raise sql_error("exists", name)
    if found is not None and "OR ALTER" in head.modifiers and tags.of_clause(head):
        raise unsupported(f"tags in CREATE OR ALTER {head.kind}, which leaves them alone: ALTER … SET TAG")
    if found is not None and found.kind != head.kind:
        raise sql_error("exists", name)  # neither replaced nor altered by another kind
    return found, None


def new_entry(
    runner: Runner, head: Head, name: ObjectName, properties: Mapping[str, Any], signature: str = ""
) -> Entry:
    """What a CREATE makes, with its tags given; runs inside `runner.definition()`."""
    made = Entry(
        runner.new_id(), head.kind, name, runner.now(), signature, runner.role,
        str(head.clauses.get("COMMENT", "")), dict(properties), head.text,
    )  # fmt: skip
    tags.set_tags(runner, made.id, tags.of_clause(head))
    return made


def ended(cursor: Cursor) -> None:
    """Nothing stands behind what was read."""
    if not cursor.done and cursor.rest.strip("; \n\t"):
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")


def renamed(runner: Runner, entry: Entry, cursor: Cursor) -> Entry:
    """The entry under the name behind RENAME TO; runs inside `runner.definition()`. Names in texts do not follow."""
    new = runner.full(cursor.name())
    ended(cursor)
    check_container(runner, new)
    if runner.catalog.find(entry.kind, new, entry.signature) is not None:
        raise sql_error("exists", new)
    if entry.kind in {"VIEW", "DYNAMIC TABLE"}:
        if new.parent != entry.name.parent:
            raise unsupported(f"moving a {entry.kind.lower()} to another schema")
        runner.engine.run(f"ALTER VIEW {entry.engine_name} RENAME TO {quoted(new.last)}")
    return runner.catalog.change(runner.engine, replace(entry, name=new))


Handler = Callable[[Runner, Head], Answer]


def lenient(handler: Handler) -> Handler:
    """An ALTER that does nothing with IF EXISTS where the object is not there."""

    def alter(runner: Runner, head: Head) -> Answer:
        if "IF EXISTS" in head.modifiers and head.name is not None and not _is_there(runner, head):
            return status("Statement executed successfully.")
        return handler(runner, head)

    return alter


def _is_there(runner: Runner, head: Head) -> bool:
    kind = "INTEGRATION" if head.kind.endswith("INTEGRATION") else head.kind
    types = Cursor(head.rest)
    signature = overload(types.parens()) if kind in {"PROCEDURE", "FUNCTION"} and types.peek().text == "(" else ""
    name = runner.full(head.name or ObjectName(("",)), PARTS.get(kind, 3))
    return runner.catalog.find(kind, name, signature) is not None


def overload(types: str) -> str:
    """The identity of an overload by the types that a command names: `(VARCHAR, NUMBER)`."""
    try:
        return f"({', '.join(signature_type(part) for part in split_list(types))})"
    except ValueError as error:
        raise sql_error(
            "syntax", f"syntax error: an overload is named by the types of its arguments: {error}"
        ) from error


def created(head: Head, name: ObjectName) -> Answer:
    return status(f"{head.kind.capitalize()} {name.last} successfully created.")


def settings(cursor: Cursor) -> dict[str, str]:
    """`A = 1, B = 'x' …` to the end, as words and plain values."""
    found: dict[str, str] = {}
    while not cursor.done:
        word = cursor.take().upper
        found[word] = value(cursor)
        cursor.accept(",")
    check_values(found)
    return found


def words(cursor: Cursor) -> list[str]:
    """`A, B …` to the end."""
    found = [cursor.take().upper]
    while cursor.accept(","):
        found.append(cursor.take().upper)
    ended(cursor)
    return found


def like(pattern: str) -> str:
    """The regular expression of a LIKE pattern of SHOW, which has no regard to case."""
    return "".join({"%": ".*", "_": "."}.get(c, re.escape(c)) for c in pattern)
