"""CREATE, ALTER and DROP VIEW: the columns are fixed when the view is made (reference F.5)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from snowpipe_deploy.local import changes, removal, tags
from snowpipe_deploy.local.catalog import Entry, column_dict, quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import raised, sql_error, unsupported
from snowpipe_deploy.local.query import stream_views
from snowpipe_deploy.local.query.outputs import require_names
from snowpipe_deploy.local.query.translate import Query, parse, translate
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._columns import column_changes, described, position
from snowpipe_deploy.local.statements._common import (
    ended,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
    settings,
)  # fmt: skip
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import code


def create_view(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    if head.kind == "MATERIALIZED VIEW" and any(token.upper == "JOIN" for token in code(head.body or "")):
        raise sql_error("syntax", "a materialized view reads one table")
    if not head.body:
        raise sql_error("syntax", "syntax error: a view needs AS and a query")
    if "RECURSIVE" in head.modifiers:
        raise unsupported("CREATE RECURSIVE VIEW: write WITH RECURSIVE in its query")
    if "OR ALTER" in head.modifiers:
        _check_or_alter(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    query = _query(runner, name, head.body)
    if query.values:
        raise sql_error("syntax", "a view cannot hold bind variables")
    made = [Column(n, t) for n, t in query.exactly(runner.engine.describe(query.sql))]
    if not head.arguments:
        require_names(parse(head.body))
    else:
        made = named_columns(head.arguments, made)
    if twice := [c.name for i, c in enumerate(made) if c.name in {before.name for before in made[:i]}]:
        raise sql_error("duplicate_column", twice[0])
    properties = {
        "query": head.body, "columns": [column_dict(c) for c in made],  "secure": "SECURE" in head.modifiers,
    }  # fmt: skip
    if "CHANGE_TRACKING" in head.clauses:
        properties["CHANGE_TRACKING"] = head.clauses["CHANGE_TRACKING"]
    if not query.lasts:
        properties["inlined"] = True
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            _alter_whole(runner, found, head, properties)
            return status(f"View {name.last} successfully altered.")
        if found is not None:
            removal.remove(runner, found)
        entry = runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
        tags.of_columns(runner, entry.id, made)
        make_engine_view(runner, entry)
    return status(f"{head.kind.capitalize()} {name.last} successfully created.")


def _check_or_alter(head: Head) -> None:
    if head.kind == "MATERIALIZED VIEW":
        raise sql_error("syntax", "syntax error: there is no CREATE OR ALTER MATERIALIZED VIEW")
    if head.clauses.keys() & {"TAG", "WITH TAG"}:
        raise sql_error("syntax", "CREATE OR ALTER VIEW sets no tags")


def _alter_whole(runner: Runner, found: Entry, head: Head, properties: dict[str, Any]) -> None:
    """CREATE OR ALTER: the view stays the object that it is, with its grants and the streams on it (reference F.1)."""
    changed = replace(found, properties=properties, comment=str(head.clauses.get("COMMENT", "")), text=head.text)
    before, after = ([column.name for column in entry.columns] for entry in (found, changed))
    if len(before) != len(after):
        raise unsupported("CREATE OR ALTER VIEW with more or fewer columns")
    if before != after:
        raise sql_error("syntax", "CREATE OR ALTER VIEW neither renames columns nor changes their order")
    if found.properties["query"] != properties["query"] and changes.streams_on(runner, found):
        raise unsupported("CREATE OR ALTER VIEW with another query under a stream")
    runner.engine.run(f"DROP VIEW {found.engine_name}")
    make_engine_view(runner, runner.catalog.change(runner.engine, changed))
    stream_views.renew(runner, changed)


def _query(runner: Runner, name: ObjectName, text: str) -> Query:
    """Names without a schema belong to the view's own."""
    before = (runner.database, runner.schema)
    runner.database, runner.schema = name.parts[0], name.parts[1]
    try:
        return translate(runner, text)
    finally:
        runner.database, runner.schema = before


def make_engine_view(runner: Runner, entry: Entry) -> None:
    """The DuckDB view that a view is read by; one whose query goes into those that read it is read by nobody."""
    spelled = ", ".join(quoted(c.name) for c in entry.columns)
    if entry.properties.get("inlined"):
        refused = raised("unsupported", literal(f"reading view {entry.name} here"))
        items = ", ".join(f"CAST({refused} AS {engine_type(c.type)})" for c in entry.columns)
        runner.engine.run(f"CREATE VIEW {entry.engine_name} ({spelled}) AS SELECT {items}")
        return
    query = _query(runner, entry.name, entry.properties["query"])
    runner.engine.run(f"CREATE VIEW {entry.engine_name} ({spelled}) AS {query.sql}")


def named_columns(written: str, made: Sequence[Column]) -> list[Column]:
    """The columns of a query with the names, comments and tags of the list before AS."""
    names = [Cursor(part) for part in split_list(written)]
    if len(names) != len(made):
        raise sql_error("syntax", "the column list does not fit the query")
    return [_described(cursor, column) for cursor, column in zip(names, made, strict=True)]


def _described(cursor: Cursor, column: Column) -> Column:
    name = cursor.column()
    comment = given = ""
    while not cursor.done:
        if cursor.accept("COMMENT"):
            comment = cursor.take().value
        elif cursor.accept_any("WITH TAG", "TAG"):
            given = f"({cursor.parens()})"
        else:
            raise unsupported(f"a column with {cursor.rest[:30]} in the list before AS")
    return replace(column, name=name, comment=comment, tags=given)


def alter_view(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get(head.kind, full_name(runner, head))
    cursor = Cursor(head.rest)
    with runner.definition():
        if cursor.accept("RENAME", "TO"):
            renamed(runner, entry, cursor)
        else:
            runner.catalog.change(runner.engine, _altered(runner, entry, cursor, head))
    return status("Statement executed successfully.")


def _altered(runner: Runner, entry: Entry, cursor: Cursor, head: Head) -> Entry:
    if flag := cursor.accept_any("SET SECURE", "UNSET SECURE"):
        ended(cursor)
        return entry.with_(secure=flag == "SET SECURE")
    if cursor.accept("UNSET", "COMMENT"):
        ended(cursor)
        return replace(entry, comment="")
    if cursor.accept("SET"):
        values = settings(cursor)
        comment = values.pop("COMMENT", entry.comment)
        if values.keys() - {"CHANGE_TRACKING"}:
            raise unsupported(f"ALTER VIEW {head.rest[:40]}")
        return replace(entry.with_(**values), comment=comment)
    if not cursor.accept_any("ALTER", "MODIFY"):
        raise unsupported(f"ALTER VIEW {head.rest[:40]}")
    made = list(entry.columns)
    for item in column_changes(cursor):
        at = position(entry, item.column())
        if (new := described(runner, made[at], item)) is None:
            raise unsupported(f"ALTER VIEW {head.rest[:40]}")
        made[at] = new
    return entry.with_(columns=[column_dict(column) for column in made])


HANDLERS = {
    ("CREATE", "VIEW"): create_view,
    ("CREATE", "MATERIALIZED VIEW"): create_view,
    ("ALTER", "MATERIALIZED VIEW"): alter_view,
    ("ALTER", "VIEW"): alter_view,
}
