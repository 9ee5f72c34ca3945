"""SHOW and DESCRIBE, with Snowflake's columns (reference A.13, B.10, C.7, D, F.6)."""

import json
import re
from collections.abc import Callable
from datetime import datetime

from snowpipe_deploy.local import changes, directory, dropped, pipes
from snowpipe_deploy.local.catalog import PARTS, Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files import formats
from snowpipe_deploy.local.graphs import is_root, last_committed, overlaps
from snowpipe_deploy.local.privileges import SYSTEM_ROLES
from snowpipe_deploy.local.refreshes import suspension
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.statements._common import ended, like, overload, place
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.sqltext.clauses.procedure import arguments
from snowpipe_deploy.sqltext.head import Cursor, Head, value
from snowpipe_deploy.sqltext.lexer import code
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


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


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
    kind = next((word for word in ("TEMPORARY", "TRANSIENT") if entry.properties.get(word.lower())), "TABLE")
    rows = runner.count(entry)
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


def _text(runner: Runner, entry: Entry) -> str:
    """The text of a secure view is its owner's (reference F.5)."""
    return "" if entry.properties.get("secure") and not runner.may(entry) else entry.text


def view(runner: Runner, entry: Entry) -> Row:
    secure = "true" if entry.properties.get("secure") else "false"
    tracked = str(entry.properties.get("CHANGE_TRACKING", "")).upper() == "TRUE"
    return {**_place(entry), "reserved": "", **_owned(entry), "text": _text(runner, entry), "is_secure": secure,
            "is_materialized": "true" if entry.kind == "MATERIALIZED VIEW" else "false",
            "change_tracking": "ON" if tracked else "OFF"}  # fmt: skip


def relation(runner: Runner, entry: Entry) -> Row:
    """A table or view as SHOW OBJECTS has it: there a transient table is a TABLE."""
    found = table(runner, entry) if entry.kind in {"TABLE", "DYNAMIC TABLE"} else None
    return {
        **_place(entry), "kind": "TABLE" if found else entry.kind.replace(" ", "_"), "comment": entry.comment,
        "cluster_by": found["cluster_by"] if found else "", "rows": found["rows"] if found else None,
        "bytes": found["bytes"] if found else None, "owner": entry.owner,
        "retention_time": found["retention_time"] if found else "", "owner_role_type": "ROLE", "is_hybrid": "N",
        "is_dynamic": found["is_dynamic"] if found else "N", "is_iceberg": "N",
    }  # fmt: skip


def sequence(runner: Runner, entry: Entry) -> Row:
    following, step = runner.engine.next_of_sequence(f"_data.s{entry.id}")
    return {**_place(entry), "next_value": following, "interval": step, "ordered": "Y" if entry.properties.get("ORDER") else "N",
            **_owned(entry)}  # fmt: skip


def stage(_: Runner, entry: Entry) -> Row:
    url = str(entry.properties.get("URL", ""))
    return {
        **_place(entry), "url": url, "has_credentials": "Y" if entry.properties.get("CREDENTIALS") else "N",
        "has_encryption_key": "Y" if url and entry.properties.get("ENCRYPTION") else "N",
        **_owned(entry), "region": None, "type": "EXTERNAL" if url else "INTERNAL",
        "cloud": url.partition(":")[0].upper() or None, "notification_channel": None,
        "storage_integration": entry.properties.get("STORAGE_INTEGRATION"), "endpoint": None,
        "directory_enabled": "Y" if directory.is_enabled(entry) else "N",
    }  # fmt: skip


def file_format(_: Runner, entry: Entry) -> Row:
    return {**_place(entry), "type": entry.properties["TYPE"], **_owned(entry),
            "format_options": json.dumps(_typed_options(entry))}  # fmt: skip


def _typed_options(entry: Entry) -> dict[str, object]:
    """All options of the type, with their defaults where they were not given."""
    given = {word: str(value) for word, value in entry.properties.items() if word != "TYPE"}
    options = formats.all_options(str(entry.properties["TYPE"]), given)
    return {"TYPE": entry.properties["TYPE"], **{word: _typed_option(word, value) for word, value in options.items()}}


def _typed_option(word: str, value: str) -> object:
    if value.upper() in formats.FLAG:
        return value.upper() == "TRUE"
    if word == "NULL_IF":
        return [token.value for token in code(value) if token.kind == "string"]
    return int(value) if word == "SKIP_HEADER" and value.isdigit() else value


def stream(runner: Runner, entry: Entry) -> Row:
    source = runner.catalog.by_id(entry.properties["source"])
    below = {int(number): name for number, name in entry.properties.get("below", {}).items()}
    if source is not None and any(runner.catalog.by_id(number) is None for number in below):
        source = None
    name = str(source.name) if source else "No privilege or table dropped"
    until = changes.stale_after(runner, entry) if source else None
    tables = [e for number in below if (e := runner.catalog.by_id(number)) is not None and e.kind != "VIEW"]
    return {
        **_place(entry), "owner": entry.owner, "comment": entry.comment, "table_name": name, "source_type": entry.properties["source_type"],
        "base_tables": ", ".join(str(e.name) for e in tables) or name, "type": "DELTA",
        "stale": "false" if source and not (until and until < runner.now()) else "true", "mode": entry.properties["mode"],
        "stale_after": until,
        "invalid_reason": "Base table dropped" if not source else "Stream is stale" if until and until < runner.now() else "N/A",
        "owner_role_type": "ROLE",
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
        "created_on": entry.created_on, "name": entry.name.last, "id": str(entry.id), "database_name": entry.name.parts[0],
        "schema_name": entry.name.parts[1], "owner": entry.owner, "comment": entry.comment, "warehouse": p.get("WAREHOUSE"),
        "schedule": p.get("SCHEDULE"), "scheduling_mode": None,
        "target_completion_interval": p.get("TARGET_COMPLETION_INTERVAL"), "predecessors": json.dumps(after), "state": p["state"],
        "definition": p["body"], "condition": p.get("WHEN"),
        "allow_overlapping_execution": str(overlaps(entry)).lower() if is_root(entry) else None,
        "error_integration": p.get("ERROR_INTEGRATION", "null"),
        "success_integration": p.get("SUCCESS_INTEGRATION", "null"),
        "last_committed_on": last_committed(runner.engine, entry), "last_suspended_on": _moment(p.get("suspended_on")),
        "owner_role_type": "ROLE", "config": p.get("CONFIG"),
        "last_suspended_reason": p.get("suspended_reason"), "task_relations": json.dumps(relations), "execute_as_user": None,
    }  # fmt: skip


def dynamic_table(runner: Runner, entry: Entry) -> Row:
    p = entry.properties
    suspended, since = suspension(runner, entry)
    return {
        **_place(entry), "cluster_by": str(p.get("CLUSTER BY", "")),
        "rows": runner.count(entry), "bytes": 0, **_owned(entry),
        "target_lag": p.get("TARGET_LAG"), "scheduler": str(p.get("SCHEDULER", "ENABLE")), "refresh_mode": p["refresh_mode"],
        "refresh_mode_reason": p.get("refresh_mode_reason"), "warehouse": p["WAREHOUSE"], "text": entry.text,
        "automatic_clustering": "OFF", "scheduling_state": "SUSPENDED" if suspended else "RUNNING",
        "last_suspended_on": _moment(since), "is_clone": str(bool(p.get("clone"))).lower(), "is_replica": "false", "is_iceberg": "false",
        "data_timestamp": runner.shared.refreshed.get(entry.id), "immutable_where": None,
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


def materialized_view(runner: Runner, entry: Entry) -> Row:
    secure = "true" if entry.properties.get("secure") else "false"
    return {**_place(entry), "reserved": "", **_owned(entry), "text": _text(runner, entry), "is_secure": secure, "invalid": "false",
            "invalid_reason": None, "cluster_by": "", "behind_by": "0s"}  # fmt: skip


def policy(_: Runner, entry: Entry) -> Row:
    return {**_place(entry), "kind": entry.kind.replace(" ", "_"), **_owned(entry), "options": ""}


def tag(_: Runner, entry: Entry) -> Row:
    values = entry.properties["values"]
    return {**_place(entry), **_owned(entry), "allowed_values": json.dumps(values) if values else None, "propagate": None,
            "on_conflict": None}  # fmt: skip


def routine(_: Runner, entry: Entry) -> Row:
    given = arguments(entry.properties["arguments"])
    returns = str(entry.properties["returns"])
    shown = returns if returns.startswith("TABLE") else parse_type(returns.removesuffix(" NOT NULL")).base
    return {
        "created_on": entry.created_on, "name": entry.name.last, "schema_name": entry.name.parts[1], "is_builtin": "N",
        "is_aggregate": "N", "is_ansi": "N", "min_num_arguments": sum(one.default is None for one in given), "max_num_arguments": len(given),
        "arguments": f"{entry.name.last}{entry.signature} RETURN {shown}", "description": entry.comment or f"user-defined {entry.kind.lower()}",
        "catalog_name": entry.name.parts[0], "is_table_function": "Y" if returns.startswith("TABLE") else "N", "valid_for_clustering": "N",
        "is_secure": "Y" if entry.properties.get("secure") else "N", "secrets": None, "external_access_integrations": None,
    }  # fmt: skip


_SIZES = {"XSMALL": "X-Small", "SMALL": "Small", "MEDIUM": "Medium", "LARGE": "Large", "XLARGE": "X-Large", "XXLARGE": "2X-Large",
          "XXXLARGE": "3X-Large", "X4LARGE": "4X-Large", "X5LARGE": "5X-Large", "X6LARGE": "6X-Large"}  # fmt: skip


def warehouse(runner: Runner, entry: Entry) -> Row:
    p = entry.properties
    return {
        "name": entry.name.last, "state": p["state"], "type": str(p.get("WAREHOUSE_TYPE", "STANDARD")),
        "size": _SIZES[p.get("WAREHOUSE_SIZE", "XSMALL")], "min_cluster_count": int(p.get("MIN_CLUSTER_COUNT", 1)),
        "max_cluster_count": int(p.get("MAX_CLUSTER_COUNT", 1)), "running": 0, "queued": 0, "is_default": "N",
        "is_current": "Y" if runner.warehouse == entry.name.last else "N", "auto_suspend": _auto_suspend(entry),
        "auto_resume": str(p.get("AUTO_RESUME", "true")).lower(), "available": "", "provisioning": "", "quiescing": "",
        "other": "", "created_on": entry.created_on, "resumed_on": entry.created_on, "updated_on": entry.created_on,
        "owner": entry.owner, "comment": entry.comment,
        "enable_query_acceleration": str(p.get("ENABLE_QUERY_ACCELERATION", "false")).lower(),
        "query_acceleration_max_scale_factor": int(p.get("QUERY_ACCELERATION_MAX_SCALE_FACTOR", 8)),
        "resource_monitor": str(p.get("RESOURCE_MONITOR", "null")), "actives": 0, "pendings": 0, "failed": 0, "suspended": 0,
        "uuid": str(entry.id), "scaling_policy": str(p.get("SCALING_POLICY", "STANDARD")), "budget": None,
        "owner_role_type": "ROLE", "resource_constraint": p.get("RESOURCE_CONSTRAINT"), "generation": p.get("GENERATION", "1"),
    }  # fmt: skip


def role(runner: Runner, entry: Entry) -> Row:
    return _role(runner, entry.name.last, entry.created_on, entry.owner, entry.comment)


def _role(runner: Runner, name: str, created_on: object, owner: str, comment: str) -> Row:
    held = list(runner.shared.grants)
    current = "Y" if runner.role == name else "N"
    return {
        "created_on": created_on, "name": name, "is_default": "N", "is_current": current, "is_inherited": "N",
        "assigned_to_users": sum(1 for h in held if h.on == "ROLE" and h.name == name and h.to == "USER"),
        "granted_to_roles": sum(1 for h in held if h.on == "ROLE" and h.name == name and h.to != "USER"),
        "granted_roles": sum(1 for h in held if h.on == "ROLE" and (h.to, h.grantee) == ("ROLE", name)), "owner": owner,
        "comment": comment,
    }  # fmt: skip


def database_role(_: Runner, entry: Entry) -> Row:
    return {
        "created_on": entry.created_on, "name": entry.name.last, "database_name": entry.name.parts[0], "is_default": "N",
        "is_current": "N", "is_inherited": "N", "owner": entry.owner, "comment": entry.comment, "owner_role_type": "ROLE",
    }  # fmt: skip


def integration(_: Runner, entry: Entry) -> Row:
    p = entry.properties
    return {
        "name": entry.name.last, "type": str(p.get("TYPE", "")), "category": p["category"],
        "enabled": str(p.get("ENABLED", "false")).lower(), "comment": entry.comment, "created_on": entry.created_on,
    }  # fmt: skip


_KINDS: dict[str, tuple[str, Callable[[Runner, Entry], Row]]] = {
    "DATABASES": ("DATABASE", database), "SCHEMAS": ("SCHEMA", schema), "TABLES": ("TABLE", table), "VIEWS": ("VIEW", view),
    "SEQUENCES": ("SEQUENCE", sequence), "STAGES": ("STAGE", stage), "FILE FORMATS": ("FILE FORMAT", file_format),
    "STREAMS": ("STREAM", stream), "TASKS": ("TASK", task), "DYNAMIC TABLES": ("DYNAMIC TABLE", dynamic_table),
    "PROCEDURES": ("PROCEDURE", routine), "FUNCTIONS": ("FUNCTION", routine),
    "USER FUNCTIONS": ("FUNCTION", routine), "WAREHOUSES": ("WAREHOUSE", warehouse), "ROLES": ("ROLE", role),
    "DATABASE ROLES": ("DATABASE ROLE", database_role), "INTEGRATIONS": ("INTEGRATION", integration),
    "STORAGE INTEGRATIONS": ("INTEGRATION", integration), "NOTIFICATION INTEGRATIONS": ("INTEGRATION", integration),
    "MATERIALIZED VIEWS": ("MATERIALIZED VIEW", materialized_view), "MASKING POLICIES": ("MASKING POLICY", policy),
    "ROW ACCESS POLICIES": ("ROW ACCESS POLICY", policy), "TAGS": ("TAG", tag),
    "PIPES": ("PIPE", pipe), "ALERTS": ("ALERT", alert), "OBJECTS": ("TABLE", relation),
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
    "OBJECTS": "created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time "
        "owner_role_type is_hybrid is_dynamic is_iceberg",
    "SEQUENCES": "created_on name database_name schema_name next_value interval ordered owner comment owner_role_type",
    "STAGES": "created_on name database_name schema_name url has_credentials has_encryption_key owner comment owner_role_type "
        "region type cloud notification_channel storage_integration endpoint directory_enabled",
    "FILE FORMATS": "created_on name database_name schema_name type owner comment owner_role_type format_options",
    "STREAMS": "created_on name database_name schema_name owner comment table_name source_type base_tables "
        "type stale mode stale_after invalid_reason owner_role_type",
    "TASKS": "created_on name id database_name schema_name owner comment warehouse schedule scheduling_mode "
        "target_completion_interval predecessors state definition condition allow_overlapping_execution "
        "error_integration success_integration last_committed_on last_suspended_on owner_role_type config last_suspended_reason "
        "task_relations execute_as_user",
    "DYNAMIC TABLES": "created_on name database_name schema_name cluster_by rows bytes owner comment owner_role_type target_lag "
        "scheduler refresh_mode refresh_mode_reason warehouse text automatic_clustering scheduling_state "
        "last_suspended_on is_clone is_replica is_iceberg data_timestamp immutable_where execute_as_user",
    "MATERIALIZED VIEWS": "created_on name database_name schema_name reserved owner comment owner_role_type text is_secure invalid "
        "invalid_reason cluster_by behind_by",
    **dict.fromkeys(
        ("MASKING POLICIES", "ROW ACCESS POLICIES"), "created_on name database_name schema_name kind owner comment owner_role_type options"
    ),
    "TAGS": "created_on name database_name schema_name owner comment owner_role_type allowed_values propagate on_conflict",
    "PIPES": "created_on name database_name schema_name definition owner notification_channel comment integration pattern "
        "error_integration owner_role_type invalid_reason kind",
    "ALERTS": "created_on name database_name schema_name owner comment warehouse schedule state condition action owner_role_type",
    **dict.fromkeys(
        ("PROCEDURES", "FUNCTIONS", "USER FUNCTIONS"),
        "created_on name schema_name is_builtin is_aggregate is_ansi min_num_arguments max_num_arguments arguments "
        "description catalog_name is_table_function valid_for_clustering is_secure secrets external_access_integrations",
    ),
    "WAREHOUSES": "name state type size min_cluster_count max_cluster_count running queued is_default is_current auto_suspend "
        "auto_resume available provisioning quiescing other created_on resumed_on updated_on owner comment "
        "enable_query_acceleration query_acceleration_max_scale_factor resource_monitor actives pendings failed suspended uuid "
        "scaling_policy budget owner_role_type resource_constraint generation",
    "ROLES": "created_on name is_default is_current is_inherited assigned_to_users granted_to_roles granted_roles owner comment",
    "DATABASE ROLES": "created_on name database_name is_default is_current is_inherited owner comment owner_role_type",
    **dict.fromkeys(
        ("INTEGRATIONS", "STORAGE INTEGRATIONS", "NOTIFICATION INTEGRATIONS"), "name type category enabled comment created_on"
    ),
}  # fmt: skip
# a dynamic table also stands among the tables (reference C.7)
_BESIDE = {
    "TABLES": ("DYNAMIC TABLE",),
    "VIEWS": ("MATERIALIZED VIEW",),
    "OBJECTS": ("DYNAMIC TABLE", "VIEW", "MATERIALIZED VIEW"),
}
_WITH_HISTORY = ("TABLES", "SCHEMAS", "DATABASES")  # of which HISTORY shows also what can be brought back by UNDROP
# kinds that an account may have and this one never does: an empty answer is the truth
_NONE = ("TASK GRAPHS", "EXTERNAL TABLES")


def show(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    terse = cursor.accept("TERSE")
    word = cursor.accept_any(*sorted([*_KINDS, *_NONE], key=lambda w: -len(w)))
    if not word:
        raise unsupported(f"SHOW {cursor.rest.split(None, 1)[0] if cursor.rest else ''}")
    history = cursor.accept("HISTORY")
    if history and (terse or word not in _WITH_HISTORY):
        raise unsupported(f"SHOW {'TERSE ' * terse}{word} HISTORY")
    wanted = _quoted(cursor) if cursor.accept("LIKE") else None
    scope = _scope(runner, cursor) if cursor.accept("IN") else _default_scope(runner, word)
    starts = _quoted(cursor) if cursor.accept("STARTS", "WITH") else ""
    root_only = cursor.accept("ROOT", "ONLY")
    limit = _count(cursor) if cursor.accept("LIMIT") else 10_000
    after = _quoted(cursor) if cursor.accept("FROM") else ""
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    if word in _NONE:
        return listing(("created_on", "name", "database_name", "schema_name"), [])
    kind, row = _KINDS[word]
    gone = (
        {e.id: (e, at) for e, at in dropped.all_of(runner, kind) if e.name.parts[: len(scope)] == scope}
        if history
        else {}
    )
    there = [*runner.catalog.of(kind, scope), *(entry for entry, _ in gone.values())]
    entries = [entry for entry in there if _visible(runner, entry)]
    if word.endswith(" INTEGRATIONS"):
        entries = [entry for entry in entries if entry.properties["category"] == word.removesuffix(" INTEGRATIONS")]
    for other in _BESIDE.get(word, ()):
        entries = sorted([*entries, *filter(runner.sees, runner.catalog.of(other, scope))], key=lambda e: e.name)
    if root_only:
        entries = [entry for entry in entries if is_root(entry)]
    pattern = re.compile(like(wanted), re.IGNORECASE) if wanted else None
    if kind == "ROLE":
        entries = [*_system_roles(runner), *entries]
    entries = [
        e for e in entries if (pattern is None or pattern.fullmatch(e.name.last)) and e.name.last.startswith(starts)
    ]
    shown = _behind(entries, after)[:limit]
    rows = [row(runner, entry) for entry in shown]
    if history:
        rows = [{**r, "dropped_on": gone[e.id][1] if e.id in gone else None} for r, e in zip(rows, shown, strict=True)]
    if terse:
        return _terse(word, rows)
    names = tuple(rows[0]) if rows else (*_EMPTY[word].split(), *(["dropped_on"] if history else []))
    return listing(names, [list(r.values()) for r in rows])


def _auto_suspend(entry: Entry) -> int | None:
    given = str(entry.properties.get("AUTO_SUSPEND", 600))
    return None if given.upper() == "NULL" or int(given) == 0 else int(given)


def _quoted(cursor: Cursor) -> str:
    if cursor.peek().kind != "string":
        raise cursor.error("expected a text in quotes")
    return cursor.take().value


def _count(cursor: Cursor) -> int:
    if not cursor.peek().text.isdecimal() or int(cursor.peek().text) > 10_000:
        raise cursor.error("expected a number up to 10000")
    return int(cursor.take().text)


def _behind(entries: list[Entry], name: str) -> list[Entry]:
    """Those that follow the first one whose name begins so: the cursor of LIMIT n FROM 'name'."""
    if not name:
        return entries
    return entries[next((i for i, e in enumerate(entries) if e.name.last.startswith(name)), len(entries)) + 1 :]


# what TERSE shows beside created_on, name, kind, database_name and schema_name, and what its kind is
_TERSE = {
    "TASKS": ({"schedule": "schedule"}, None), "STREAMS": ({"table_name": "tableOn"}, None), "TABLES": ({}, "kind"),
    "OBJECTS": ({}, "kind"), "VIEWS": ({}, None),
    "SCHEMAS": ({}, None), "DATABASES": ({}, "kind"),
}  # fmt: skip


def _terse(word: str, rows: list[Row]) -> Answer:
    if word not in _TERSE:
        raise unsupported(f"SHOW TERSE {word}")
    more, kind = _TERSE[word]
    columns = ("created_on", "name", "kind", "database_name", "schema_name", *more.values())
    shown = [
        [
            r["created_on"],
            r["name"],
            r[kind] if kind else None,
            r.get("database_name"),
            r.get("schema_name"),
            *(r[c] for c in more),
        ]
        for r in rows
    ]
    return listing(columns, shown)


def _visible(runner: Runner, entry: Entry) -> bool:
    """Roles are no secret; of the rest a role sees what it has a privilege on."""
    return entry.kind in {"ROLE", "DATABASE ROLE"} or runner.sees(entry)


def _system_roles(runner: Runner) -> list[Entry]:
    since = min((entry.created_on for entry in runner.catalog.everything()), default=runner.now())
    return [Entry(0, "ROLE", ObjectName((name,)), since, owner="") for name in sorted(SYSTEM_ROLES)]


def _scope(runner: Runner, cursor: Cursor) -> tuple[str, ...]:
    if cursor.accept("ACCOUNT"):
        return ()
    if cursor.accept_any("APPLICATION PACKAGE", "APPLICATION"):
        raise unsupported("SHOW … IN APPLICATION")
    word = cursor.accept_any("DATABASE", "SCHEMA")
    if word and (cursor.done or cursor.peek().upper in {"STARTS", "ROOT", "LIMIT"}):  # the current one
        return runner.full(ObjectName(("X",)), 2 if word == "DATABASE" else 3).parts[:-1]
    name = cursor.name()
    if word == "DATABASE" or (not word and runner.catalog.find("SCHEMA", runner.full(name, 2)) is None):
        return place(runner, "DATABASE", name)
    return place(runner, "SCHEMA", runner.full(name, 2))


def _default_scope(runner: Runner, word: str) -> tuple[str, ...]:
    if PARTS.get(_KINDS[word][0] if word in _KINDS else "", 3) == 1 or runner.database is None:
        return ()
    return (
        (runner.database,)
        if word in {"SCHEMAS", "DATABASE ROLES"} or runner.schema is None
        else (runner.database, runner.schema)
    )


def describe(runner: Runner, head: Head) -> Answer:
    """DESCRIBE TABLE, VIEW, DYNAMIC TABLE: one row a column. Others: the row of SHOW."""
    if head.name is None:
        raise sql_error("syntax", "syntax error: DESCRIBE needs a name")
    name = runner.full(head.name)
    cursor = Cursor(head.rest)
    if head.kind == "PROCEDURE" and cursor.peek().text == "(":
        cursor.parens()
    elif head.kind in {"TABLE", "VIEW"} and cursor.accept("TYPE", "=") and not cursor.accept("COLUMNS"):
        raise unsupported(f"DESCRIBE … TYPE = {cursor.rest[:20]}")
    ended(cursor)
    if head.kind in {"TABLE", "VIEW", "DYNAMIC TABLE"}:
        entry = runner.relation(name)
        columns = ("name", "type", "kind", "null?", "default", "primary key", "unique key", "check", "expression", "comment",
                   "policy name", "privacy domain")  # fmt: skip
        rows = [
            [c.name, str(c.type), "COLUMN", "Y" if c.nullable else "N", c.default or (_identity(c.identity)),
             "Y" if c.constraint == "PRIMARY KEY" else "N", "Y" if c.constraint == "UNIQUE" else "N", None, None,
             c.comment or None, c.policy or None, None]
            for c in entry.columns
        ]  # fmt: skip
        return listing(columns, rows)
    if head.kind == "PROCEDURE":
        return _describe_procedure(runner, head, name)
    if head.kind == "STAGE":
        return _describe_stage(runner.catalog.get("STAGE", name))
    kind = f"{head.kind}S"
    if kind not in _KINDS:
        raise unsupported(f"DESCRIBE {head.kind}")
    row = _KINDS[kind][1](runner, runner.catalog.get(head.kind, name))
    return listing(tuple(row), [list(row.values())])


def _describe_stage(entry: Entry) -> Answer:
    """One row a property: of the file format, of the copy options that were set, and the place of the files (reference D.1)."""
    columns = ("parent_property", "property", "property_type", "property_value", "property_default")
    p = entry.properties
    rows = _format_rows(str(p.get("FILE_FORMAT") or "()")[1:-1])
    cursor = Cursor(str(p.get("COPY_OPTIONS") or "()")[1:-1])
    while not cursor.done:
        word = cursor.take().upper
        rows.append(["STAGE_COPY_OPTIONS", word, "String", value(cursor), None])
        cursor.accept(",")
    url = json.dumps([p["URL"]]) if p.get("URL") else ""
    rows += [
        ["STAGE_LOCATION", "URL", "String", url, ""],
        ["DIRECTORY", "ENABLE", "Boolean", str(directory.is_enabled(entry)).lower(), "false"],
    ]
    return listing(columns, rows)


def _format_rows(text: str) -> list[list[object]]:
    if "FORMAT_NAME" in text.upper():
        cursor = Cursor(text)
        cursor.take()
        return [["STAGE_FILE_FORMAT", "FORMAT_NAME", "String", value(cursor), None]]
    form = formats.format_of(text)
    defaults = formats.all_options(form.type, {})
    rows: list[list[object]] = [["STAGE_FILE_FORMAT", "TYPE", "String", form.type, "CSV"]]
    for word, held in formats.all_options(form.type, form.options).items():
        kind = "Boolean" if held.upper() in formats.FLAG else "List" if word == "NULL_IF" else "String"
        rows.append(["STAGE_FILE_FORMAT", word, kind, *(_spelled(word, one) for one in (held, defaults.get(word, "")))])
    return rows


def _spelled(word: str, held: str) -> str:
    typed = _typed_option(word, held)
    return typed if isinstance(typed, str) else json.dumps(typed)


def _describe_procedure(runner: Runner, head: Head, name: ObjectName) -> Answer:
    """One row a property; the argument types behind the name choose the overload."""
    cursor = Cursor(head.rest)
    if cursor.peek().text != "(":
        raise sql_error("syntax", "syntax error: DESCRIBE PROCEDURE needs the types of the arguments")
    types = overload(cursor.parens())
    entry = runner.catalog.get("PROCEDURE", name, types)
    p = entry.properties
    given = ", ".join(f"{quote(a.name)} {a.type}" for a in arguments(p["arguments"]))
    rows = [["signature", f"({given})"], ["returns", p["returns"]], ["language", p["language"]],
            ["execute as", p["execute_as"]], ["body", p["body"]]]  # fmt: skip
    return listing(("property", "value"), rows)


def _identity(identity: str) -> str | None:
    if not identity:
        return None
    start, step = identity.split()
    return f"IDENTITY START {start} INCREMENT {step} NOORDER"


HANDLERS = {
    **{("SHOW", word): show for word in (*_KINDS, *_NONE, "TERSE")},
    **{
        ("DESCRIBE", kind): describe
        for kind in ("TABLE", "VIEW", "DYNAMIC TABLE", "STREAM", "TASK", "STAGE", "PROCEDURE", "PIPE", "ALERT")
    },
}
