"""SHOW and DESCRIBE, with Snowflake's columns (reference A.13, B.10, C.7, D, F.6)."""

import json
import re
from collections.abc import Callable

from snowpipe_deploy.local import changes, pipes
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.graphs import is_root
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.types import parse_type

Row = dict[str, object]


def _place(entry: Entry) -> Row:
    found: Row = {"created_on": entry.created_on, "name": entry.name.last}
    if len(entry.name.parts) > 1:
        found["database_name"] = entry.name.parts[0]
    if len(entry.name.parts) > 2:
        found["schema_name"] = entry.name.parts[1]
    return found


def _owned(entry: Entry) -> Row:
    return {"owner": entry.owner, "comment": entry.comment, "owner_role_type": "ROLE"}


def database(runner: Runner, entry: Entry) -> Row:
    options = "TRANSIENT" if entry.properties.get("transient") else ""
    current = "Y" if runner.database == entry.name.last else "N"
    kept = str(entry.properties.get("DATA_RETENTION_TIME_IN_DAYS", "1"))
    return {**_place(entry), "is_default": "N", "is_current": current, "origin": "", **_owned(entry), "options": options,
            "retention_time": kept, "kind": "STANDARD"}  # fmt: skip


def schema(runner: Runner, entry: Entry) -> Row:
    flags = [w for w, on in (("TRANSIENT", entry.properties.get("transient")),
                             ("MANAGED ACCESS", entry.properties.get("WITH MANAGED ACCESS"))) if on]  # fmt: skip
    kept = entry.properties.get("DATA_RETENTION_TIME_IN_DAYS")
    if kept is None:
        above = runner.catalog.find("DATABASE", entry.name.parent)
        kept = above.properties.get("DATA_RETENTION_TIME_IN_DAYS", "1") if above else "1"
    current = "Y" if (runner.database, runner.schema) == entry.name.parts else "N"
    return {**_place(entry), "is_default": "N", "is_current": current, **_owned(entry), "options": ", ".join(flags),
            "retention_time": str(kept)}  # fmt: skip


def table(runner: Runner, entry: Entry) -> Row:
    kind = (
        "TRANSIENT"
        if entry.properties.get("transient")
        else "TEMPORARY"
        if entry.properties.get("temporary")
        else "TABLE"
    )
    rows = runner.engine.all(f"SELECT count(*) FROM {entry.base}")[0][0]
    cluster = str(entry.properties.get("CLUSTER BY", ""))
    return {
        **_place(entry), "kind": kind, "comment": entry.comment, "cluster_by": f"LINEAR{cluster}" if cluster else "",
        "rows": rows, "bytes": 0, "owner": entry.owner,
        "retention_time": str(entry.properties.get("DATA_RETENTION_TIME_IN_DAYS", _retention(runner, entry))),
        "automatic_clustering": "ON" if cluster else "OFF", "change_tracking": "ON" if entry.properties.get("tracked") else "OFF",
        "is_external": "N", "enable_schema_evolution": "N", "owner_role_type": "ROLE", "is_event": "N",
        "is_dynamic": "Y" if entry.kind == "DYNAMIC TABLE" else "N", "is_iceberg": "N",
    }  # fmt: skip


def _retention(runner: Runner, entry: Entry) -> object:
    above = runner.catalog.find("SCHEMA", entry.name.parent)
    return schema(runner, above)["retention_time"] if above else "1"


def view(_: Runner, entry: Entry) -> Row:
    secure = "true" if entry.properties.get("secure") else "false"
    return {**_place(entry), "reserved": "", **_owned(entry), "text": entry.text, "is_secure": secure,
            "is_materialized": "false", "change_tracking": "OFF"}  # fmt: skip


def sequence(_: Runner, entry: Entry) -> Row:
    return {**_place(entry), "next_value": entry.properties.get("START", "1"),
            "interval": entry.properties.get("INCREMENT", "1"), "ordered": "Y" if entry.properties.get("ORDER") else "N",
            **_owned(entry)}  # fmt: skip


def stage(_: Runner, entry: Entry) -> Row:
    url = str(entry.properties.get("URL", ""))
    return {
        **_place(entry), "url": url, "has_credentials": "Y" if entry.properties.get("CREDENTIALS") else "N",
        "has_encryption_key": "N", **_owned(entry), "region": None, "type": "EXTERNAL" if url else "INTERNAL",
        "cloud": url.partition(":")[0].upper() or None, "notification_channel": None,
        "storage_integration": entry.properties.get("STORAGE_INTEGRATION"), "endpoint": None, "directory_enabled": "N",
    }  # fmt: skip


def file_format(_: Runner, entry: Entry) -> Row:
    return {**_place(entry), "type": entry.properties["TYPE"], **_owned(entry),
            "format_options": json.dumps(dict(entry.properties))}  # fmt: skip


def stream(runner: Runner, entry: Entry) -> Row:
    source = runner.catalog.by_id(entry.properties["source"])
    name = str(source.name) if source else "No privilege or table dropped"
    return {
        **_place(entry), **_owned(entry), "table_name": name, "source_type": entry.properties["source_type"],
        "base_tables": name, "type": "DELTA", "stale": "false" if source else "true", "mode": entry.properties["mode"],
        "stale_after": changes.stale_after(runner, entry, source) if source else None,
        "invalid_reason": "N/A" if source else "Base table dropped",
    }  # fmt: skip


def task(runner: Runner, entry: Entry) -> Row:
    p = entry.properties
    after = list(p.get("AFTER", ()))
    relations: Row = {"Predecessors": after}
    if p.get("FINALIZE"):
        relations["FinalizedRootTask"] = p["FINALIZE"]
    if is_root(entry):
        for other in runner.catalog.of("TASK", entry.name.parts[:2]):
            if other.properties.get("FINALIZE") == str(entry.name):
                relations["FinalizerTask"] = str(other.name)
    return {
        **_place(entry), "id": str(entry.id), **_owned(entry), "warehouse": p.get("WAREHOUSE"), "schedule": p.get("SCHEDULE"),
        "scheduling_mode": None, "target_completion_interval": None, "predecessors": json.dumps(after), "state": p["state"],
        "definition": p["body"], "condition": p.get("WHEN"),
        "allow_overlapping_execution": "false" if is_root(entry) else None, "error_integration": p.get("ERROR_INTEGRATION", "null"),
        "success_integration": p.get("SUCCESS_INTEGRATION", "null"), "last_committed_on": p.get("resumed_on"),
        "last_suspended_on": p.get("suspended_on"), "config": p.get("CONFIG"),
        "last_suspended_reason": p.get("suspended_reason"), "task_relations": json.dumps(relations), "execute_as_user": None,
    }  # fmt: skip


def dynamic_table(runner: Runner, entry: Entry) -> Row:
    p = entry.properties
    return {
        **_place(entry), "cluster_by": str(p.get("CLUSTER BY", "")),
        "rows": runner.engine.all(f"SELECT count(*) FROM {entry.base}")[0][0], "bytes": 0, **_owned(entry),
        "target_lag": None, "scheduler": str(p.get("SCHEDULER", "ENABLE")), "refresh_mode": p["refresh_mode"],
        "refresh_mode_reason": p.get("refresh_mode_reason"), "warehouse": p["WAREHOUSE"], "text": entry.text,
        "automatic_clustering": "OFF", "scheduling_state": p["state"], "last_suspended_on": None, "is_clone": "false",
        "is_replica": "false", "is_iceberg": "false", "data_timestamp": p.get("data_timestamp"), "immutable_where": None,
        "execute_as_user": None,
    }  # fmt: skip


def pipe(runner: Runner, entry: Entry) -> Row:
    state = pipes.execution_state(runner, entry)
    p = entry.properties
    return {
        **_place(entry), "definition": p["body"], "owner": entry.owner, "notification_channel": None, "comment": entry.comment,
        "integration": p.get("INTEGRATION"), "pattern": p.get("pattern"), "error_integration": p.get("ERROR_INTEGRATION"),
        "owner_role_type": "ROLE", "invalid_reason": state if state.startswith("STOPPED") else None, "kind": "STAGE",
    }  # fmt: skip


def alert(_: Runner, entry: Entry) -> Row:
    p = entry.properties
    return {
        **_place(entry), "owner": entry.owner, "comment": entry.comment, "warehouse": p.get("WAREHOUSE"),
        "schedule": p.get("SCHEDULE"), "state": p["state"], "condition": p["IF"], "action": p["THEN"], "owner_role_type": "ROLE",
    }  # fmt: skip


def procedure(_: Runner, entry: Entry) -> Row:
    count = len(split_list(entry.properties["arguments"]))
    returns = str(entry.properties["returns"])
    shown = returns if returns.startswith("TABLE") else parse_type(returns.removesuffix(" NOT NULL")).base
    return {
        "created_on": entry.created_on, "name": entry.name.last, "schema_name": entry.name.parts[1], "is_builtin": "N",
        "is_aggregate": "N", "is_ansi": "N", "min_num_arguments": count, "max_num_arguments": count,
        "arguments": f"{entry.name.last}{entry.signature} RETURN {shown}", "description": entry.comment or "user-defined procedure",
        "catalog_name": entry.name.parts[0], "is_table_function": "N", "valid_for_clustering": "N",
        "is_secure": "Y" if entry.properties.get("secure") else "N", "secrets": None, "external_access_integrations": None,
    }  # fmt: skip


_KINDS: dict[str, tuple[str, Callable[[Runner, Entry], Row]]] = {
    "DATABASES": ("DATABASE", database), "SCHEMAS": ("SCHEMA", schema), "TABLES": ("TABLE", table), "VIEWS": ("VIEW", view),
    "SEQUENCES": ("SEQUENCE", sequence), "STAGES": ("STAGE", stage), "FILE FORMATS": ("FILE FORMAT", file_format),
    "STREAMS": ("STREAM", stream), "TASKS": ("TASK", task), "DYNAMIC TABLES": ("DYNAMIC TABLE", dynamic_table),
    "PROCEDURES": ("PROCEDURE", procedure), "PIPES": ("PIPE", pipe), "ALERTS": ("ALERT", alert),
}  # fmt: skip
# the columns of SHOW where it has no rows to take them from
_EMPTY = {
    "DATABASES": "created_on name is_default is_current origin owner comment owner_role_type options retention_time kind",
    "SCHEMAS": "created_on name database_name is_default is_current owner comment owner_role_type options retention_time",
    "TABLES": "created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time "
        "automatic_clustering change_tracking is_external enable_schema_evolution owner_role_type is_event is_dynamic "
        "is_iceberg",
    "VIEWS": "created_on name database_name schema_name reserved owner comment owner_role_type text is_secure "
        "is_materialized change_tracking",
    "SEQUENCES": "created_on name database_name schema_name next_value interval ordered owner comment owner_role_type",
    "STAGES": "created_on name database_name schema_name url has_credentials has_encryption_key owner comment owner_role_type "
        "region type cloud notification_channel storage_integration endpoint directory_enabled",
    "FILE FORMATS": "created_on name database_name schema_name type owner comment owner_role_type format_options",
    "STREAMS": "created_on name database_name schema_name owner comment owner_role_type table_name source_type base_tables "
        "type stale mode stale_after invalid_reason",
    "TASKS": "created_on name database_name schema_name id owner comment owner_role_type warehouse schedule scheduling_mode "
        "target_completion_interval predecessors state definition condition allow_overlapping_execution "
        "error_integration success_integration last_committed_on last_suspended_on config last_suspended_reason "
        "task_relations execute_as_user",
    "DYNAMIC TABLES": "created_on name database_name schema_name cluster_by rows bytes owner comment owner_role_type target_lag "
        "scheduler refresh_mode refresh_mode_reason warehouse text automatic_clustering scheduling_state "
        "last_suspended_on is_clone is_replica is_iceberg data_timestamp immutable_where execute_as_user",
    "PIPES": "created_on name database_name schema_name definition owner notification_channel comment integration pattern "
        "error_integration owner_role_type invalid_reason kind",
    "ALERTS": "created_on name database_name schema_name owner comment warehouse schedule state condition action owner_role_type",
    "PROCEDURES": "created_on name schema_name is_builtin is_aggregate is_ansi min_num_arguments max_num_arguments arguments "
        "description catalog_name is_table_function valid_for_clustering is_secure secrets external_access_integrations",
}  # fmt: skip
# kinds that an account may have and this one never does: an empty answer is the truth
_NONE = ("FUNCTIONS", "TASK GRAPHS", "MATERIALIZED VIEWS", "EXTERNAL TABLES", "USER FUNCTIONS")


def show(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    cursor.accept("TERSE")
    word = cursor.accept_any(*sorted([*_KINDS, *_NONE], key=lambda w: -len(w)))
    if not word:
        raise unsupported(f"SHOW {cursor.rest.split(None, 1)[0] if cursor.rest else ''}")
    like = cursor.take().value if cursor.accept("LIKE") else None
    scope = _scope(runner, cursor) if cursor.accept("IN") else _default_scope(runner, word)
    starts = cursor.take().value if cursor.accept("STARTS", "WITH") else ""
    root_only = cursor.accept("ROOT", "ONLY")
    limit = int(cursor.take().text) if cursor.accept("LIMIT") else 10_000
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    if word in _NONE:
        return listing(("created_on", "name", "database_name", "schema_name"), [])
    kind, row = _KINDS[word]
    entries = list(runner.catalog.of(kind, scope))
    if kind == "TABLE":  # a dynamic table also stands among the tables (reference C.7)
        entries = sorted([*entries, *runner.catalog.of("DYNAMIC TABLE", scope)], key=lambda e: e.name)
    if root_only:
        entries = [entry for entry in entries if is_root(entry)]
    pattern = re.compile(_like(like), re.IGNORECASE) if like else None
    rows = [
        row(runner, entry)
        for entry in entries
        if (pattern is None or pattern.fullmatch(entry.name.last)) and entry.name.last.startswith(starts)
    ][:limit]
    names = tuple(rows[0]) if rows else tuple(_EMPTY[word].split())
    return listing(names, [list(r.values()) for r in rows])


def _like(pattern: str) -> str:
    return "".join({"%": ".*", "_": "."}.get(c, re.escape(c)) for c in pattern)


def _scope(runner: Runner, cursor: Cursor) -> tuple[str, ...]:
    if cursor.accept("ACCOUNT"):
        return ()
    word = cursor.accept_any("DATABASE", "SCHEMA")
    name = cursor.name()
    if word == "DATABASE" or (not word and runner.catalog.find("SCHEMA", runner.full(name, 2)) is None):
        runner.catalog.get("DATABASE", name)
        return name.parts
    full = runner.full(name, 2)
    runner.catalog.get("SCHEMA", full)
    return full.parts


def _default_scope(runner: Runner, word: str) -> tuple[str, ...]:
    if word == "DATABASES" or runner.database is None:
        return ()
    return (runner.database,) if word == "SCHEMAS" or runner.schema is None else (runner.database, runner.schema)


def describe(runner: Runner, head: Head) -> Answer:
    """DESCRIBE TABLE, VIEW, DYNAMIC TABLE: one row a column. Others: the row of SHOW."""
    if head.name is None:
        raise sql_error("syntax", "syntax error: DESCRIBE needs a name")
    name = runner.full(head.name)
    if head.kind in {"TABLE", "VIEW", "DYNAMIC TABLE"}:
        entry = runner.relation(name)
        columns = ("name", "type", "kind", "null?", "default", "primary key", "unique key", "check", "expression", "comment",
                   "policy name", "privacy domain")  # fmt: skip
        rows = [
            [c.name, str(c.type), "COLUMN", "Y" if c.nullable else "N", c.default or (_identity(c.identity)),
             "Y" if c.constraint == "PRIMARY KEY" else "N", "Y" if c.constraint == "UNIQUE" else "N", None, None,
             c.comment or None, None, None]
            for c in entry.columns
        ]  # fmt: skip
        return listing(columns, rows)
    kind = f"{head.kind}S"
    if kind not in _KINDS or head.kind == "PROCEDURE":
        raise unsupported(f"DESCRIBE {head.kind}")
    row = _KINDS[kind][1](runner, runner.catalog.get(head.kind, name))
    return listing(tuple(row), [list(row.values())])


def _identity(identity: str) -> str | None:
    if not identity:
        return None
    start, step = identity.split()
    return f"IDENTITY START {start} INCREMENT {step} NOORDER"


HANDLERS = {
    **{("SHOW", word): show for word in (*_KINDS, *_NONE, "TERSE")},
    **{
        ("DESCRIBE", kind): describe
        for kind in ("TABLE", "VIEW", "DYNAMIC TABLE", "STREAM", "TASK", "STAGE", "PIPE", "ALERT")
    },
}
