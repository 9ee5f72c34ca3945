"""GET_DDL: an object as the statement that would make it again, in Snowflake's form (reference F.6).

Keywords are lower case, types are spelled out, defaults are explicit, a view and a dynamic table list their columns, the body
of a routine stands in single quotes. Where the reference gives no example, the layout is ours.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from snowpipe_deploy.local.catalog import RELATIONS, Catalog, Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.tags import spelled
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.sqltext.clauses import reading
from snowpipe_deploy.sqltext.clauses.procedure import arguments
from snowpipe_deploy.sqltext.clauses.table import Column

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|-?[0-9.]+|\(.*\)", re.DOTALL)


def ddl(runner: Runner, entry: Entry, *, full: bool) -> str:
    """The text; `full` spells the object's name with database and schema. Raises SqlError for a kind that is not known here."""
    writer = _WRITERS.get(entry.kind)
    if writer is None:
        raise unsupported(f"GET_DDL of a {entry.kind.lower()}")
    if entry.properties.get("secure") and not runner.may(entry):  # its text is its owner's (reference F.5)
        raise sql_error("privileges", entry.kind.lower(), entry.name.last)
    return writer(runner, entry, str(entry.name if full else ObjectName(entry.name.parts[-1:])))


def find(catalog: Catalog, kind: str, name: ObjectName, signature: str) -> Entry:
    """The object that GET_DDL means: TABLE and VIEW stand for one another (reference F.6)."""
    word = kind.upper().replace("_", " ")
    if word not in {*_WRITERS, "DATABASE", "SCHEMA", "FUNCTION", "STAGE"}:
        raise sql_error("syntax", f"invalid object type for GET_DDL: {kind}")
    if word in RELATIONS:
        for relation in (word, *sorted(RELATIONS - {word})):
            if (found := catalog.find(relation, name)) is not None:
                return found
    return catalog.get(word, name, signature)


def _comment(entry: Entry) -> str:
    return f" COMMENT={literal(entry.comment)}" if entry.comment else ""


def _value(value: object) -> str:
    text = str(value)
    return text if _BARE.fullmatch(text) else literal(text)


def _schema(runner: Runner, entry: Entry, name: str) -> str:
    tags = spelled(runner, entry)
    transient = "transient " if entry.properties.get("transient") else ""
    managed = " with managed access" if entry.properties.get("WITH MANAGED ACCESS") else ""
    return f"create or replace {transient}schema {name}{managed}{tags.get('', '')}{_comment(entry)};"


def _table(runner: Runner, entry: Entry, name: str) -> str:
    tags = spelled(runner, entry)
    p = entry.properties
    word = "TRANSIENT TABLE" if p.get("transient") else "TABLE"
    cluster = f" cluster by {p['CLUSTER BY']}" if p.get("CLUSTER BY") else ""
    keys = [
        f"{word.lower()} ({', '.join(quote(c.name) for c in entry.columns if c.constraint == word)})"
        for word in ("PRIMARY KEY", "UNIQUE")
        if any(c.constraint == word for c in entry.columns)
    ]
    lines = ",\n".join(f"\t{line}" for line in (*(_column(c, tags.get(c.name, "")) for c in entry.columns), *keys))
    kept = "".join(
        f"\n{word}={p[word]}"
        for word in ("DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS", "CHANGE_TRACKING")
        if word in p
    )
    gap = "\n" if kept else ""
    return f"create or replace {word} {name}{cluster} (\n{lines}\n){_guard(entry)}{tags.get('', '')}{kept}{gap}{_comment(entry).strip()}\n;"


def _column(column: Column, tags: str) -> str:
    parts = [quote(column.name), str(column.type)]
    if not column.nullable:
        parts.append("NOT NULL")
    if column.default:
        parts.append(f"DEFAULT {column.default}")
    if column.identity:
        start, step = column.identity.split()
        parts.append(f"autoincrement start {start} increment {step} noorder")
    if column.constraint.startswith("REFERENCES"):
        parts.append(column.constraint)
    if column.policy:
        parts.append(f"WITH MASKING POLICY {column.policy}")
    if tags:
        parts.append(tags.strip())
    if column.comment:
        parts.append(f"COMMENT {literal(column.comment)}")
    return " ".join(parts)


def _guard(entry: Entry) -> str:
    policy = entry.properties.get("ROW ACCESS POLICY")
    return f" WITH ROW ACCESS POLICY {policy}" if policy else ""


def _listed(entry: Entry, tags: Mapping[str, str]) -> str:
    lines = (
        f"\t{quote(c.name)}{tags.get(c.name, '')}{f' COMMENT {literal(c.comment)}' if c.comment else ''}"
        for c in entry.columns
    )
    return "(\n" + ",\n".join(lines) + "\n)"


def _view(runner: Runner, entry: Entry, name: str) -> str:
    tags = spelled(runner, entry)
    secure = "secure " if entry.properties.get("secure") else ""
    query = str(entry.properties["query"]).rstrip().rstrip(";")
    return (
        f"create or replace {secure}view {name}{_listed(entry, tags)}{tags.get('', '')}{_comment(entry)}\n as {query};"
    )


def _dynamic_table(runner: Runner, entry: Entry, name: str) -> str:
    tags = spelled(runner, entry)
    p = entry.properties
    words = [f"target_lag = {literal(str(p['TARGET_LAG']))}"] if p.get("TARGET_LAG") else []
    words += [f"{word.lower()} = {_value(p[word])}" for word in ("SCHEDULER", "REFRESH_MODE", "INITIALIZE", "WAREHOUSE",
             "INITIALIZATION_WAREHOUSE", "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS") if word in p]  # fmt: skip
    cluster = f" cluster by {p['CLUSTER BY']}" if p.get("CLUSTER BY") else ""
    said = f"{tags.get('', '')}{_comment(entry)}"
    return f"create or replace dynamic table {name}{_listed(entry, tags)} {' '.join(words)}{cluster}{said}\n as {p['query']};"


def _sequence(_: Runner, entry: Entry, name: str) -> str:
    p = entry.properties
    order = "order" if p.get("ORDER") else "noorder"
    return (
        f"create or replace sequence {name} start with {p.get('START', '1')} increment by {p.get('INCREMENT', '1')} {order}"
        f"{_comment(entry)};"
    )


def _file_format(_: Runner, entry: Entry, name: str) -> str:
    options = "".join(f"\n\t{word} = {_value(value)}" for word, value in entry.properties.items())
    return f"CREATE OR REPLACE FILE FORMAT {name}{options}{_comment(entry)}\n;"


def _stream(runner: Runner, entry: Entry, name: str) -> str:
    """Position and SHOW_INITIAL_ROWS are not in it (reference B.10)."""
    tags = spelled(runner, entry)
    source = runner.catalog.by_id(entry.properties["source"])
    kind = str(entry.properties["source_type"]).lower()
    on = source.name if source else entry.properties["source_name"]
    mode = " append_only = true" if entry.properties["mode"] == "APPEND_ONLY" else ""
    return f"create or replace stream {name}{tags.get('', '')} on {kind} {on}{mode}{_comment(entry)};"


_TASK = ("USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE", "WAREHOUSE", "SCHEDULE", "CONFIG", "OVERLAP_POLICY", "USER_TASK_TIMEOUT_MS",
         "SUSPEND_TASK_AFTER_NUM_FAILURES", "ALLOW_OVERLAPPING_EXECUTION", "TASK_AUTO_RETRY_ATTEMPTS", "LOG_LEVEL",
         "ERROR_INTEGRATION", "SUCCESS_INTEGRATION", "FINALIZE", "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS",
         "TARGET_COMPLETION_INTERVAL", "SERVERLESS_TASK_MIN_STATEMENT_SIZE", "SERVERLESS_TASK_MAX_STATEMENT_SIZE")  # fmt: skip
_TEXTS = frozenset({"SCHEDULE", "CONFIG", "LOG_LEVEL", "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE", "TARGET_COMPLETION_INTERVAL",
                    "SERVERLESS_TASK_MIN_STATEMENT_SIZE", "SERVERLESS_TASK_MAX_STATEMENT_SIZE"})  # fmt: skip


def _task(runner: Runner, entry: Entry, name: str) -> str:
    tags = spelled(runner, entry)
    p = entry.properties
    lines = [f"{w.lower()}={literal(str(p[w])) if w in _TEXTS else p[w]}" for w in _TASK if p.get(w) is not None]
    lines += [f"{word}={literal(value)}" for word, value in p.get("session", {}).items()]
    lines += [_comment(entry).strip()] if entry.comment else []
    lines += [f"after {', '.join(p['AFTER'])}"] if p.get("AFTER") else []
    lines += [f"when {p['WHEN']}"] if p.get("WHEN") else []
    return (
        f"create or replace task {name}{tags.get('', '')}"
        + "".join(f"\n\t{line}" for line in lines)
        + f"\n\tas {p['body']};"
    )


# as they stand before COMMENT; SQL has none of them
_SAID = ("STRICT", "RETURNS NULL ON NULL INPUT", "CALLED ON NULL INPUT", "VOLATILE", "IMMUTABLE", "MEMOIZABLE", "RUNTIME_VERSION",
         "PACKAGES", "IMPORTS", "HANDLER", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS", "TARGET_PATH", "ARTIFACT_REPOSITORY")  # fmt: skip
_QUOTED = frozenset({"RUNTIME_VERSION", "HANDLER", "TARGET_PATH"})


def _routine(_: Runner, entry: Entry, name: str) -> str:
    p = entry.properties

    def one(argument: Any) -> str:
        mode = f"{argument.mode} " if argument.mode != "IN" else ""
        default = f" DEFAULT {argument.default}" if argument.default is not None else ""
        return f'{mode}"{argument.name}" {argument.type}{default}'

    given = ", ".join(one(a) for a in arguments(p["arguments"]))
    kinds = "".join(f"{word.upper()} " for word in ("secure", "aggregate") if p.get(word))
    written = reading(entry.text).clauses
    lines = [
        f"CREATE OR REPLACE {kinds}{entry.kind} {name}({given})",
        f"RETURNS {p['returns']}",
        f"LANGUAGE {p['language']}",
    ]
    for word in (word for word in _SAID if word in written):
        value = str(written[word])
        lines.append(word if value == "TRUE" else f"{word}={literal(value) if word in _QUOTED else value}")
    lines += [_comment(entry).strip()] if entry.comment else []
    lines += [f"EXECUTE AS {p['execute_as']}"] if entry.kind == "PROCEDURE" else []
    lines += [f"AS {literal(p['body'])}"] if p["body"] else []
    return "\n".join(lines) + ";"


def _pipe(_: Runner, entry: Entry, name: str) -> str:
    p = entry.properties
    auto = f" auto_ingest={str(p['AUTO_INGEST']).lower()}" if "AUTO_INGEST" in p else ""
    more = "".join(f" {word.lower()}={_value(p[word])}" for word in ("INTEGRATION", "ERROR_INTEGRATION") if word in p)
    return f"create or replace pipe {name}{auto}{more}{_comment(entry)} as {p['body']};"


def _alert(_: Runner, entry: Entry, name: str) -> str:
    p = entry.properties
    lines = [f"warehouse={p['WAREHOUSE']}"] if p.get("WAREHOUSE") else []
    lines += [f"schedule={literal(str(p['SCHEDULE']))}", *([_comment(entry).strip()] if entry.comment else [])]
    lines += [f"if ({p['IF']})", f"then {p['THEN']}"]
    return f"create or replace alert {name}" + "".join(f"\n\t{line}" for line in lines) + ";"


_WRITERS: dict[str, Callable[[Runner, Entry, str], str]] = {
    "SCHEMA": _schema, "TABLE": _table, "VIEW": _view, "DYNAMIC TABLE": _dynamic_table, "SEQUENCE": _sequence,
    "FILE FORMAT": _file_format, "STREAM": _stream, "TASK": _task, "PROCEDURE": _routine, "FUNCTION": _routine, "PIPE": _pipe, "ALERT": _alert,
}  # fmt: skip
