"""CREATE and ALTER WAREHOUSE: there is nothing to compute with here, but names, properties and state are kept (reference F)."""

import re
from dataclasses import replace

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    ended,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.sqltext.head import Cursor, Head

_DONE = "Statement executed successfully."
_NOT_KEPT = frozenset({"COMMENT", "TAG", "WITH TAG", "INITIALLY_SUSPENDED"})
_KNOWN = frozenset(clause.word for clause in TABLES["WAREHOUSE"]) - {"TAG", "WITH TAG", "INITIALLY_SUSPENDED"}
_SIZES = ("XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE", "XXXLARGE", "X4LARGE", "X5LARGE", "X6LARGE")
_VALUES = {
    "AUTO_SUSPEND": "NULL|[0-9]+", "AUTO_RESUME": "TRUE|FALSE", "MIN_CLUSTER_COUNT": "[1-9][0-9]?", "MAX_CLUSTER_COUNT": "[1-9][0-9]?",
    "SCALING_POLICY": "STANDARD|ECONOMY", "ENABLE_QUERY_ACCELERATION": "TRUE|FALSE", "STATEMENT_TIMEOUT_IN_SECONDS": "[0-9]{1,6}",
}  # fmt: skip
_ALIASES = {"X-SMALL": "XSMALL", "X-LARGE": "XLARGE", "2X-LARGE": "XXLARGE", "X2LARGE": "XXLARGE", "3X-LARGE": "XXXLARGE",
            "X3LARGE": "XXXLARGE", "4X-LARGE": "X4LARGE", "5X-LARGE": "X5LARGE", "6X-LARGE": "X6LARGE"}  # fmt: skip


def create_warehouse(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties = _checked({k: str(v) for k, v in head.clauses.items() if k not in _NOT_KEPT})
    suspended = str(head.clauses.get("INITIALLY_SUSPENDED", "FALSE")).upper() == "TRUE"
    state = "SUSPENDED" if suspended else "STARTED"
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            kept = {**properties, "state": found.properties["state"]}
            comment = str(head.clauses.get("COMMENT", ""))
            runner.catalog.change(runner.engine, replace(found, properties=kept, comment=comment, text=head.text))
        else:
            if found is not None:
                removal.remove(runner, found)
            runner.catalog.add(runner.engine, new_entry(runner, head, name, {**properties, "state": state}))
    runner.warehouse, runner.chose_warehouse = name.last, True  # CREATE WAREHOUSE makes it the current one
    return status(f"Warehouse {name.last} successfully created.")


def _checked(properties: dict[str, str]) -> dict[str, str]:
    size = properties.get("WAREHOUSE_SIZE")
    if size is not None:
        spelled = _ALIASES.get(size.upper(), size.upper())
        if spelled not in _SIZES:
            raise sql_error("syntax", f"invalid value [{size!r}] for parameter 'WAREHOUSE_SIZE'")
        properties = {**properties, "WAREHOUSE_SIZE": spelled}
    for word, allowed in _VALUES.items():
        if word in properties and not re.fullmatch(allowed, str(properties[word]), re.IGNORECASE):
            raise sql_error("syntax", f"invalid value [{properties[word]!r}] for parameter '{word}'")
    if int(properties.get("MIN_CLUSTER_COUNT", 1)) > int(
        properties.get("MAX_CLUSTER_COUNT", properties.get("MIN_CLUSTER_COUNT", 1))
    ):
        raise sql_error("syntax", "MIN_CLUSTER_COUNT is greater than MAX_CLUSTER_COUNT")
    return properties


def alter_warehouse(runner: Runner, head: Head) -> Answer:
    entry = runner.catalog.get("WAREHOUSE", full_name(runner, head))
    cursor = Cursor(head.rest)
    changed = _altered(entry, cursor, head)
    if changed != entry:
        with runner.definition():
            runner.catalog.change(runner.engine, changed)
    return status(_DONE)


def _altered(entry: Entry, cursor: Cursor, head: Head) -> Entry:
    started = entry.properties["state"] == "STARTED"
    if cursor.accept("RESUME"):
        lenient = cursor.accept("IF", "SUSPENDED")
        if started and not lenient:
            raise sql_error("warehouse_started", entry.name)
        ended(cursor)
        return entry.with_(state="STARTED")
    if cursor.accept("SUSPEND"):
        if not started:
            raise sql_error("warehouse_suspended", entry.name)
        ended(cursor)
        return entry.with_(state="SUSPENDED")
    if cursor.accept("UNSET"):
        gone = words(cursor)
        if extra := set(gone) - _KNOWN:
            raise unsupported(f"ALTER WAREHOUSE UNSET {', '.join(sorted(extra))}")
        comment = "" if "COMMENT" in gone else entry.comment
        return replace(entry.with_(**dict.fromkeys(gone)), comment=comment)
    if cursor.accept("SET"):
        options = settings(cursor)
        if extra := options.keys() - _KNOWN:
            raise unsupported(f"ALTER WAREHOUSE SET {', '.join(sorted(extra))}")
        comment = options.pop("COMMENT", entry.comment)
        return replace(entry.with_(**_checked(options)), comment=comment)
    raise unsupported(f"ALTER WAREHOUSE {head.rest[:40]}")


HANDLERS = {
    ("CREATE", "WAREHOUSE"): create_warehouse,
    ("ALTER", "WAREHOUSE"): alter_warehouse,
}
