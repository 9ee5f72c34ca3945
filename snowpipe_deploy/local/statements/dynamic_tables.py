"""CREATE, ALTER (also REFRESH) and DROP DYNAMIC TABLE (reference C)."""

from dataclasses import replace
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local import dropped, removal, tags
from snowpipe_deploy.local.catalog import Entry, column_dict
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.outputs import require_names
from snowpipe_deploy.local.query.reads import named
from snowpipe_deploy.local.query.routines import reads_tables
from snowpipe_deploy.local.query.translate import Query, parse, translate
from snowpipe_deploy.local.refreshes import downstream, lag, refresh_all, remember, suspended, with_upstream
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements._columns import check_columns
from snowpipe_deploy.local.statements._common import (
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.local.statements._stored import make_storage
from snowpipe_deploy.local.statements.views import named_columns
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.schedule import canonical_lag, lag_seconds
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor, Head

_KEPT = ("SCHEDULER", "WAREHOUSE", "INITIALIZATION_WAREHOUSE", "REFRESH_MODE", "INITIALIZE", "CLUSTER BY",
         "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS")  # fmt: skip
_READ = frozenset({*_KEPT, "TARGET_LAG", "COMMENT", "COPY GRANTS", "COPY TAGS", "TAG", "WITH TAG"})
_SETTABLE = frozenset({*_KEPT, "TARGET_LAG", "COMMENT"} - {"REFRESH_MODE", "INITIALIZE", "CLUSTER BY"})
_SHORTEST = 60  # seconds of a target lag
_UNSETTABLE = frozenset(
    {"COMMENT", "INITIALIZATION_WAREHOUSE", "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS"}
)
# what an ALTER of the whole leaves as it is
_OF_ITS_LIFE = ("state", "suspended_reason", "suspended_on", "resumed_on", "failures", "tracked", "kept", "shaped")
_FULL_UPSTREAM = "a dynamic table upstream is refreshed in full"
_DONE = "Statement executed successfully."


def _properties(runner: Runner, head: Head, name: ObjectName) -> tuple[dict[str, Any], Query, list[Column]]:
    refuse_unknown(head)
    clauses = head.clauses
    if not head.body:
        raise sql_error("syntax", "syntax error: a dynamic table needs AS and a query")
    if "WAREHOUSE" not in clauses:
        raise sql_error("options", "WAREHOUSE")
    if extra := clauses.keys() - _READ:
        raise unsupported(f"{', '.join(sorted(extra))} of a dynamic table")
    disabled = str(clauses.get("SCHEDULER", "ENABLE")).upper() == "DISABLE"
    if not disabled and "TARGET_LAG" not in clauses:
        raise sql_error("options", "TARGET_LAG")
    if disabled and "TARGET_LAG" in clauses:
        raise sql_error("syntax", "a dynamic table has TARGET_LAG or SCHEDULER = DISABLE, one of the two")
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
    columns = [Column(n, t) for n, t in query.exactly(runner.engine.describe(query.sql))]
    if head.arguments:
        columns = named_columns(head.arguments, columns)
    else:
        require_names(parse(head.body))
    check_columns(columns)
    tree = parse(head.body)
    if forbidden := tree.find(exp.AnyValue, exp.CurrentUser, exp.CurrentRole):
        raise sql_error("nondeterministic", forbidden.sql("snowflake"))
    if any(table.name.startswith("@") for table in tree.find_all(exp.Table)):
        raise unsupported("a dynamic table over the files of a stage")
    reason = full_reason(tree) or _upstream_reason(runner, head.body, name)
    if mode == "INCREMENTAL" and reason:
        raise sql_error("not_incremental", name, reason)
    chosen = "FULL" if mode == "FULL" or reason else "INCREMENTAL"
    why = {"": None, _FULL_UPSTREAM: "UPSTREAM_USES_FULL_REFRESH"}.get(reason, "QUERY_NOT_SUPPORTED_FOR_INCREMENTAL")
    why = "USER_SPECIFIED_FULL_REFRESH" if mode == "FULL" else why
    properties: dict[str, Any] = {k: str(clauses[k]) for k in _KEPT if k in clauses}
    properties |= {
        "query": head.body.rstrip().rstrip(";").rstrip(), "columns": [column_dict(column) for column in columns],
        "refresh_mode": chosen, "refresh_mode_reason": why, "initialized": False, "state": "RUNNING",
    }  # fmt: skip
    if "TARGET_LAG" in clauses:
        properties["TARGET_LAG"] = _lag(str(clauses["TARGET_LAG"]))
    if "CLUSTER BY" in clauses:
        properties["CLUSTER BY"] = clauses["CLUSTER BY"]
    return properties, query, columns


def _lag(text: str) -> str:
    """A target lag as SHOW spells it; an error where it is none, or too short."""
    spelled = canonical_lag(text)
    seconds = lag_seconds(text)
    if spelled != "DOWNSTREAM" and (seconds is None or seconds < _SHORTEST):
        raise sql_error(
            "argument", f"TARGET_LAG: '{text}' is not DOWNSTREAM, nor a lag of at least {_SHORTEST} seconds"
        )
    return spelled


def _check_lags(runner: Runner, entry: Entry) -> None:
    """A lag of one's own is not below that of a table above it (reference C.1); asked of each table that this one is, or reads it."""
    for table in (entry, *downstream(runner, entry)):
        own = lag(table)
        for above in with_upstream(runner, [table])[:-1] if own else ():
            theirs = lag(above)
            if own and theirs and own < theirs:
                raise sql_error(
                    "argument",
                    f"TARGET_LAG: {table.name} has {table.properties['TARGET_LAG']}, less than the "
                    f"{above.properties['TARGET_LAG']} of {above.name}, which it reads",
                )


def _upstream_reason(runner: Runner, text: str, name: ObjectName) -> str:
    """Reads it, itself, a dynamic table that is refreshed as a whole? Calls it a function in SQL that reads tables?"""
    for table in named(text):
        read = runner.catalog.find("TABLE", table.within(*name.parts[:2]))
        if read is not None and read.kind == "DYNAMIC TABLE" and read.properties["refresh_mode"] == "FULL":
            return _FULL_UPSTREAM
    calls = (
        ObjectName((call.name.upper(),)).within(*name.parts[:2])
        for call in parse(text).find_all(exp.Anonymous)
        if call.name
    )
    called = [entry for call in calls for entry in runner.catalog.overloads("FUNCTION", call)]
    return "a function that reads tables" if any(reads_tables(entry, parse) for entry in called) else ""


def _moving(node: exp.Expression) -> str:
    """The name of a function that answers anew each time, or an empty string."""
    if isinstance(node, exp.CurrentTimestamp | exp.CurrentDate):
        return str(node.key.upper())
    name = str(node.name).upper() if isinstance(node, exp.Anonymous) else ""
    return name if name in {"GETDATE", "RANDOM", "SYSDATE", "SYSTIMESTAMP", "UNIFORM", "UUID_STRING"} else ""


def _is_equality(join: exp.Join) -> bool:
    on = join.args.get("on")
    parts = [] if on is None else list(on.unnest().flatten()) if isinstance(on.unnest(), exp.And) else [on]
    return all(isinstance(part.unnest(), exp.EQ) for part in parts)


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
        if isinstance(node, exp.TableFromRows) or (
            isinstance(node, exp.Table) and isinstance(node.this, exp.Anonymous)
        ):
            return "a table function"
        if isinstance(node, exp.With) and node.args.get("recursive"):
            return "a recursive CTE"
        if isinstance(node, exp.PercentileCont):
            return "PERCENTILE_CONT"
        if isinstance(node, exp.Join) and node.side and not _is_equality(node):
            return "an outer join on something else than equality"
    return ""


def create_dynamic_table(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties, query, columns = _properties(runner, head, name)
    if found is not None and "OR ALTER" in head.modifiers and found.kind == "DYNAMIC TABLE":
        return _alter_whole(runner, head, found, properties)
    if found is not None and str(head.clauses.get("INITIALIZE", "ON_CREATE")).upper() == "ON_CREATE":
        # what cannot be computed replaces nothing (reference C.4)
        runner.engine.run(f"CREATE OR REPLACE TEMP TABLE _made AS {query.sql}", query.values or None)
    with runner.definition():
        entry = new_entry(runner, head, name, properties)
        if found is not None:
            if "COPY TAGS" in head.clauses:
                tags.copy(runner, found.id, entry)
            dropped.put_away(runner, found)
        runner.catalog.add(runner.engine, entry)
        tags.of_columns(runner, entry.id, columns)
        make_storage(runner, entry)
        _check_lags(runner, entry)
        remember(runner, [entry], "CREATE_DYNAMIC_TABLE")
    if str(head.clauses.get("INITIALIZE", "ON_CREATE")).upper() == "ON_CREATE":
        outcome = refresh_all(runner, with_upstream(runner, [entry]), "CREATION")[entry.id]
        if isinstance(outcome, SqlError):
            with runner.definition():
                removal.remove(runner, runner.catalog.by_id(entry.id) or entry)
            raise outcome
    return status(f"Dynamic table {name.last} successfully created.")


def _alter_whole(runner: Runner, head: Head, found: Entry, properties: dict[str, Any]) -> Answer:
    """CREATE OR ALTER: keeps the object; a changed query makes the next refresh start from nothing (reference C.4)."""
    same = found.properties["query"] == properties["query"] and found.properties["columns"] == properties["columns"]
    kept = {k: found.properties[k] for k in _OF_ITS_LIFE if k in found.properties}
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
        _check_lags(runner, entry)
        remember(runner, [entry], "CREATE_DYNAMIC_TABLE")
    return status(f"Dynamic table {found.name.last} successfully altered.")


def alter_dynamic_table(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    entry = runner.catalog.get("DYNAMIC TABLE", name)
    cursor = Cursor(head.rest)
    several = [entry]
    while cursor.accept(","):
        several.append(runner.catalog.get("DYNAMIC TABLE", runner.full(cursor.name())))
    if len(several) > 1 and not cursor.sees("REFRESH"):
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    if cursor.accept("REFRESH"):
        return _refresh(runner, several, cursor)
    with runner.definition():
        changed, trigger = _altered(runner, entry, cursor)
        runner.catalog.change(runner.engine, changed)
        if trigger == "ALTER_TARGET_LAG":
            _check_lags(runner, changed)
        if trigger:
            remember(
                runner,
                [changed, *downstream(runner, changed)] if trigger in {"SUSPEND", "RESUME"} else [changed],
                trigger,
            )
    return status(_DONE)


def _refresh(runner: Runner, entries: list[Entry], cursor: Cursor) -> Answer:
    """By hand: each with those above it, one after the other; what was refreshed stays so where another one fails."""
    if not cursor.done:
        raise unsupported(f"ALTER DYNAMIC TABLE REFRESH {cursor.rest[:40]}")
    if runner.explicit:
        raise sql_error("in_transaction")
    if len({entry.id for entry in entries}) < len(entries):
        raise sql_error("duplicate_refresh")
    rows = []
    for entry in entries:
        outcome = refresh_all(runner, with_upstream(runner, [entry]), "MANUAL")[entry.id]
        if isinstance(outcome, SqlError):
            raise outcome
        rows.append([f'{{"insertedRows":{outcome[0]},"deletedRows":{outcome[1]}}}'])
    return listing(("statistics",), rows)


def _altered(runner: Runner, entry: Entry, cursor: Cursor) -> tuple[Entry, str]:
    """The changed table, and what DYNAMIC_TABLE_GRAPH_HISTORY calls the change, if it knows it."""
    if cursor.accept("RENAME", "TO"):
        return renamed(runner, entry, cursor), ""
    if cursor.accept("SUSPEND"):
        again = entry.properties["state"] == "SUSPENDED"
        return (entry, "") if again else (entry.with_(**suspended(runner, "USER_SUSPENDED")), "SUSPEND")
    if cursor.accept("RESUME"):
        cleared = dict.fromkeys(("suspended_reason", "suspended_on", "failures"))
        running = entry.with_(**cleared, state="RUNNING", resumed_on=runner.now().isoformat())
        return (running, "RESUME") if entry.properties["state"] == "SUSPENDED" else (entry, "")
    if cursor.accept("SET"):
        return _set(entry, settings(cursor))
    if cursor.accept("UNSET"):
        gone = words(cursor)
        if extra := set(gone) - _UNSETTABLE:
            raise sql_error("syntax", f"syntax error: ALTER DYNAMIC TABLE UNSET {', '.join(sorted(extra))}")
        return replace(entry.with_(**dict.fromkeys(gone)), comment="" if "COMMENT" in gone else entry.comment), ""
    raise unsupported(f"ALTER DYNAMIC TABLE {cursor.rest[:40]}")


def _set(entry: Entry, options: dict[str, str]) -> tuple[Entry, str]:
    if extra := options.keys() - _SETTABLE:
        raise unsupported(f"ALTER DYNAMIC TABLE SET {', '.join(sorted(extra))}")
    comment = options.pop("COMMENT", entry.comment)
    changes: dict[str, str | None] = {**options}
    trigger = "ALTER_WAREHOUSE" if "WAREHOUSE" in options else ""
    if "TARGET_LAG" in options:  # brings a scheduler back (reference C.1)
        changes |= {"TARGET_LAG": _lag(options["TARGET_LAG"]), "SCHEDULER": None}
        trigger = "ALTER_TARGET_LAG"
    if str(options.get("SCHEDULER", "")).upper() == "DISABLE":
        if "TARGET_LAG" in options:
            raise sql_error("syntax", "a dynamic table has TARGET_LAG or SCHEDULER = DISABLE, one of the two")
        changes["TARGET_LAG"], trigger = None, "ALTER_TARGET_LAG"
    elif "SCHEDULER" in options and not {"TARGET_LAG"} & {*options, *entry.properties}:
        raise sql_error("syntax", "SCHEDULER = ENABLE needs a TARGET_LAG")
    return replace(entry.with_(**changes), comment=comment), trigger


HANDLERS = {
    ("CREATE", "DYNAMIC TABLE"): create_dynamic_table,
    ("ALTER", "DYNAMIC TABLE"): alter_dynamic_table,
}
