"""CREATE, ALTER (also REFRESH) and DROP DYNAMIC TABLE (reference C)."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local import changes, removal
from snowpipe_deploy.local.catalog import Entry, column_dict, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.reads import is_cte
from snowpipe_deploy.local.query.sources import table_name
from snowpipe_deploy.local.query.translate import Query, parse, translate
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements._common import (
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.local.statements.tables import check_columns, make_storage
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor, Head

_KEPT = ("SCHEDULER", "WAREHOUSE", "INITIALIZATION_WAREHOUSE", "REFRESH_MODE", "INITIALIZE", "CLUSTER BY",
         "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS")  # fmt: skip
_UNSETTABLE = frozenset(
    {"COMMENT", "INITIALIZATION_WAREHOUSE", "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS"}
)
_DONE = "Statement executed successfully."


def _properties(runner: Runner, head: Head, name: ObjectName) -> tuple[dict[str, Any], Query]:
    refuse_unknown(head)
    clauses = head.clauses
    if not head.body:
        raise sql_error("syntax", "syntax error: a dynamic table needs AS and a query")
    if "WAREHOUSE" not in clauses:
        raise sql_error("syntax", "Missing option(s): [WAREHOUSE]")
    disabled = str(clauses.get("SCHEDULER", "ENABLE")).upper() == "DISABLE"
    if disabled == ("TARGET_LAG" in clauses):
        raise sql_error("syntax", "a dynamic table has TARGET_LAG or SCHEDULER = DISABLE, one of the two")
    if not disabled:
        raise unsupported(
            "TARGET_LAG: the local account refreshes a dynamic table by ALTER … REFRESH only (SCHEDULER = DISABLE)"
        )
    mode = str(clauses.get("REFRESH_MODE", "AUTO")).upper()
    if mode not in {"AUTO", "FULL", "INCREMENTAL"}:
        raise unsupported(f"REFRESH_MODE = {mode}")
    context = (runner.database, runner.schema)
    runner.database, runner.schema = name.parts[0], name.parts[1]
    try:
        query = translate(runner, head.body)
    finally:
        runner.database, runner.schema = context
    if query.streams:
        raise sql_error("syntax", "a dynamic table cannot read a stream")
    described = query.exactly(runner.engine.describe(query.sql))
    check_columns([Column(n, t) for n, t in described])
    tree = parse(head.body)
    if forbidden := tree.find(exp.AnyValue, exp.CurrentUser, exp.CurrentRole):
        raise sql_error("nondeterministic", forbidden.sql("snowflake"))
    reason = full_reason(tree)
    if mode == "INCREMENTAL" and reason:
        raise sql_error(
            "unsupported",
            f"REFRESH_MODE = INCREMENTAL, but the query is not supported for incremental refresh: {reason}",
        )
    chosen = "FULL" if mode == "FULL" or reason else "INCREMENTAL"
    why = "USER_SPECIFIED_FULL_REFRESH" if mode == "FULL" else "QUERY_NOT_SUPPORTED_FOR_INCREMENTAL" if reason else None
    properties: dict[str, Any] = {k: str(clauses[k]) for k in _KEPT if k in clauses}
    properties |= {
        "query": head.body.rstrip().rstrip(";").rstrip(), "columns": [column_dict(Column(n, t)) for n, t in described],
        "refresh_mode": chosen, "refresh_mode_reason": why, "initialized": False, "state": "RUNNING",
    }  # fmt: skip
    if "CLUSTER BY" in clauses:
        properties["CLUSTER BY"] = clauses["CLUSTER BY"]
    return properties, query


def _moving(node: exp.Expression) -> str:
    """The name of a function that answers anew each time, or an empty string."""
    if isinstance(node, exp.CurrentTimestamp | exp.CurrentDate):
        return str(node.key.upper())
    name = str(node.name).upper() if isinstance(node, exp.Anonymous) else ""
    return name if name in {"GETDATE", "RANDOM", "SYSDATE", "SYSTIMESTAMP", "UNIFORM", "UUID_STRING"} else ""


def full_reason(tree: exp.Expression) -> str:
    """The construct that keeps a query from being refreshed incrementally (reference C.5), or an empty string."""
    for node in tree.walk():
        if isinstance(node, exp.Except | exp.Intersect):
            return "EXCEPT or INTERSECT"
        if isinstance(node, exp.Limit):
            return "LIMIT"
        if isinstance(node, exp.Rollup | exp.Cube | exp.GroupingSets):
            return "ROLLUP, CUBE or GROUPING SETS"
        if isinstance(node, exp.Exists) or (isinstance(node, exp.In) and node.args.get("query")):
            return "EXISTS or IN with a subquery"
        if isinstance(node, exp.Subquery) and not isinstance(
            node.parent, exp.From | exp.Join | exp.Lateral | exp.SetOperation
        ):
            return "a scalar subquery"
        if (moving := _moving(node)) and not node.find_ancestor(exp.Where, exp.Having, exp.Qualify):
            return f"{moving} outside WHERE"
        if isinstance(node, exp.Pivot):
            return "PIVOT"
    return ""


def create_dynamic_table(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties, _ = _properties(runner, head, name)
    if found is not None and "OR ALTER" in head.modifiers and found.kind == "DYNAMIC TABLE":
        return _alter_whole(runner, head, found, properties)
    with runner.definition():
        if found is not None:
            removal.remove(runner, found)
        entry = runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
        make_storage(runner, entry)
    if str(head.clauses.get("INITIALIZE", "ON_CREATE")).upper() == "ON_CREATE":
        try:
            refresh(runner, entry, "CREATION")
        except Exception:
            with runner.definition():
                removal.remove(runner, entry)
            raise
    return status(f"Dynamic table {name.last} successfully created.")


def _alter_whole(runner: Runner, head: Head, found: Entry, properties: dict[str, Any]) -> Answer:
    """CREATE OR ALTER: keeps the object; a changed query makes the next refresh start from nothing (reference C.4)."""
    same = found.properties["query"] == properties["query"] and found.properties["columns"] == properties["columns"]
    kept = {k: found.properties[k] for k in ("state", "tracked", "kept", "shaped") if k in found.properties}
    merged = {**properties, **kept, "initialized": found.properties["initialized"] if same else True}
    if not same and properties["columns"] != found.properties["columns"] and found.properties.get("tracked"):
        raise unsupported("CREATE OR ALTER DYNAMIC TABLE with other columns under a stream")
    comment = str(head.clauses.get("COMMENT", ""))
    with runner.definition():
        entry = runner.catalog.change(runner.engine, replace(found, properties=merged, comment=comment, text=head.text))
        if not same and properties["columns"] != found.properties["columns"]:
            runner.engine.run(f"DROP VIEW {found.engine_name}")
            runner.engine.run(f"DROP TABLE {found.base}")
            make_storage(runner, entry)
    return status(f"Dynamic table {found.name.last} successfully altered.")


def refresh(runner: Runner, entry: Entry, cause: str) -> tuple[int, int]:
    """Computes the query anew in one transaction; only rows that differ are written, so that streams see real changes."""
    started = runner.now()
    context = (runner.database, runner.schema)
    runner.database, runner.schema = entry.name.parts[0], entry.name.parts[1]
    try:
        query = translate(runner, entry.properties["query"])
        columns = changes.column_list(entry)
        with runner.changes():
            # what differs, in one pass: rows that are there and no more (they have a `__row`), and rows that are not there yet
            differ = runner.write(
                f"CREATE OR REPLACE TEMP TABLE _refresh AS SELECT b.__row, r.* FROM (SELECT {columns}, row_number() OVER "
                f"(PARTITION BY {columns}) AS __n FROM ({query.sql}) AS q({columns})) AS r FULL JOIN (SELECT __row, {columns}, "
                f"row_number() OVER (PARTITION BY {columns} ORDER BY __row) AS __n FROM {entry.base}) AS b "
                f"ON {_same(entry)} AND b.__n = r.__n WHERE b.__n IS NULL OR r.__n IS NULL"
            )
            gone = new = 0
            if differ:
                rows = "SELECT __row FROM _refresh WHERE __row IS NOT NULL"
                gone = runner.write(f"DELETE FROM {entry.base} WHERE __row IN ({rows})", table=entry)
            if differ > gone:
                rows = f"SELECT {columns} FROM _refresh WHERE __row IS NULL"
                new = runner.write(f"INSERT INTO {entry.base} ({columns}) {rows}", table=entry)
            runner.catalog.change(runner.engine, entry.with_(initialized=True, data_timestamp=started.isoformat()))
            _record(runner, entry, "SUCCEEDED", "", started, cause, (new, gone))
    except Exception as error:
        runner.catalog.load(runner.engine)  # the COMMIT may have failed
        with runner.definition():
            _record(runner, entry, "FAILED", str(getattr(error, "text", error)), started, cause, (0, 0))
        raise
    finally:
        runner.database, runner.schema = context
    return new, gone


def _same(entry: Entry) -> str:
    names = [quoted(c.name) for c in entry.columns]
    return " AND ".join(f"b.{n} IS NOT DISTINCT FROM r.{n}" for n in names)


def _record(
    runner: Runner, entry: Entry, state: str, message: str, started: object, cause: str, counts: tuple[int, int]
) -> None:
    first = cause == "CREATION"
    action = "REINITIALIZE" if first else "NO_DATA" if counts == (0, 0) else str(entry.properties["refresh_mode"])
    if state != "SUCCEEDED":
        action = str(entry.properties["refresh_mode"])
    runner.engine.run(
        "INSERT INTO _account.refreshes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [entry.id, list(entry.name.parts), state, message, runner.query_id, started, started, runner.now(), action,
         cause, *counts],
    )  # fmt: skip


@lru_cache(maxsize=1000)
def _tables_of(query: str) -> tuple[ObjectName, ...]:
    return tuple(table_name(table) for table in parse(query).find_all(exp.Table) if not is_cte(table))


def upstream(runner: Runner, entry: Entry) -> list[Entry]:
    """The dynamic tables that this one reads, directly or through views."""
    found: list[Entry] = []
    todo: list[tuple[str, ObjectName]] = [(entry.properties["query"], entry.name)]
    while todo:
        text, home = todo.pop()
        for read in _tables_of(text):
            name = read.within(*home.parts[:2])
            source = runner.catalog.find("TABLE", name)
            if source is not None and source.kind == "DYNAMIC TABLE" and source not in found:
                found.append(source)
            elif source is not None and source.kind == "VIEW":
                todo.append((source.properties["query"], source.name))
    return found


def alter_dynamic_table(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    entry = runner.catalog.get("DYNAMIC TABLE", name)
    cursor = Cursor(head.rest)
    if cursor.accept("REFRESH"):
        if runner.explicit:
            raise sql_error("in_transaction")
        counts = _refresh_with_upstream(runner, entry)
        return listing(("statistics",), [[f'{{"insertedRows":{counts[0]},"deletedRows":{counts[1]}}}']])
    with runner.definition():
        if cursor.accept("RENAME", "TO"):
            changed = renamed(runner, entry, cursor)
        elif word := cursor.accept_any("SUSPEND", "RESUME"):
            changed = entry.with_(state="SUSPENDED" if word == "SUSPEND" else "RUNNING")
        elif cursor.accept("SET"):
            options = settings(cursor)
            if extra := options.keys() - {*_KEPT, "COMMENT"}:
                raise unsupported(f"ALTER DYNAMIC TABLE SET {', '.join(sorted(extra))}")
            comment = options.pop("COMMENT", entry.comment)
            if "TARGET_LAG" in options or options.get("SCHEDULER", "DISABLE").upper() != "DISABLE":
                raise unsupported("TARGET_LAG of a dynamic table")
            changed = replace(entry.with_(**options), comment=comment)
        elif cursor.accept("UNSET"):
            gone = words(cursor)
            if extra := set(gone) - _UNSETTABLE:
                raise sql_error("syntax", f"syntax error: ALTER DYNAMIC TABLE UNSET {', '.join(sorted(extra))}")
            changed = replace(entry.with_(**dict.fromkeys(gone)), comment="" if "COMMENT" in gone else entry.comment)
        else:
            raise unsupported(f"ALTER DYNAMIC TABLE {head.rest[:40]}")
        runner.catalog.change(runner.engine, changed)
    return status(_DONE)


def _refresh_with_upstream(runner: Runner, entry: Entry) -> tuple[int, int]:
    """Those above first, all the way up, stopping at SCHEDULER = DISABLE (reference C.3)."""
    for above in upstream(runner, entry):
        if str(above.properties.get("SCHEDULER", "ENABLE")).upper() != "DISABLE":
            _refresh_with_upstream(runner, above)
    return refresh(runner, runner.catalog.by_id(entry.id) or entry, "MANUAL")


HANDLERS = {
    ("CREATE", "DYNAMIC TABLE"): create_dynamic_table,
    ("ALTER", "DYNAMIC TABLE"): alter_dynamic_table,
}
