"""DROP of every kind that there is here: never blocked by what depends on the object (reference F.4)."""

from dataclasses import replace

from snowpipe_deploy.local import dropped
from snowpipe_deploy.local.access import integration
from snowpipe_deploy.local.catalog import CONTAINERS, Entry
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.graphs import is_root, members, require_suspended
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import ended, full_name, overload
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, Head

_KINDS = (
    "DATABASE", "SCHEMA", "TABLE", "VIEW", "DYNAMIC TABLE", "SEQUENCE", "FILE FORMAT", "STAGE", "STREAM", "TASK", "PROCEDURE",
    "WAREHOUSE", "ROLE", "DATABASE ROLE", "INTEGRATION", "STORAGE INTEGRATION", "NOTIFICATION INTEGRATION",
    "PIPE", "ALERT", "FUNCTION", "TAG", "MATERIALIZED VIEW",
)  # fmt: skip


def drop(runner: Runner, head: Head) -> Answer:
    head = replace(head, kind=integration(head.kind))
    name = full_name(runner, head)
    signature = _signature(head) if head.kind in {"PROCEDURE", "FUNCTION"} else ""
    _check_end(head)
    entry = runner.catalog.find(head.kind, name, signature)
    if entry is not None and entry.kind != head.kind:
        raise sql_error("other_kind", entry.kind.replace(" ", "_"), head.kind)
    if entry is None:
        if "IF EXISTS" in head.modifiers:
            return status(f"Drop statement executed successfully ({name.last} already dropped).")
        raise sql_error("missing", head.kind.title(), f"{name}{signature}")
    if entry.kind == "TASK" and _in_graph(runner, entry):
        require_suspended(runner, name)
    with runner.definition():
        dropped.put_away(runner, entry)
    if entry.kind in CONTAINERS:
        _leave(runner, name)
    elif (entry.kind, entry.name.last) == ("WAREHOUSE", runner.warehouse):
        runner.warehouse = None
    return status(f"{name.last} successfully dropped.")


def _check_end(head: Head) -> None:
    cursor = Cursor(head.rest)
    if head.kind in {"PROCEDURE", "FUNCTION"}:
        cursor.parens()
    cursor.accept_any("CASCADE", "RESTRICT")
    ended(cursor)


def _signature(head: Head) -> str:
    return overload(Cursor(head.rest).parens())


def _in_graph(runner: Runner, task: Entry) -> bool:
    """A task that stands alone may go while it is started."""
    return not is_root(task) or len(members(runner.catalog, task)) > 1


def _leave(runner: Runner, name: ObjectName) -> None:
    """A session in what was dropped has no current schema (or database) any more."""
    if (runner.database,) == name.parts:
        runner.database = runner.schema = None
    elif (runner.database, runner.schema) == name.parts:
        runner.schema = None


HANDLERS = {("DROP", kind): drop for kind in _KINDS}
