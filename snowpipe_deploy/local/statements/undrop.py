"""UNDROP of tables, dynamic tables, schemas and databases: what was dropped is there again under its ids (reference F.4)."""

from dataclasses import replace
from datetime import datetime

from snowpipe_deploy.local import changes, dropped
from snowpipe_deploy.local.catalog import CONTAINERS, Entry, schema_name
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.privileges import SYSTEM_ROLES, Held
from snowpipe_deploy.local.refreshes import remember
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._cloning import define
from snowpipe_deploy.local.statements._common import check_container, ended, full_name
from snowpipe_deploy.local.statements._stored import make_view
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Cursor, Head


def undrop(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    ended(Cursor(head.rest))
    check_container(runner, name)
    if runner.catalog.find(head.kind, name) is not None:
        raise sql_error("exists", name)
    with runner.definition():
        found = dropped.take_back(runner, head.kind, name)
        if found is None:
            raise sql_error("purged", head.kind.capitalize(), name.last)
        back, dropped_on = found
        runner.require(next(entry for entry, _ in back if entry.name == name))
        _put_back(runner, [_returned(runner, entry, dropped_on) for entry, _ in back])
        for _, grants in back:
            _grant(runner, grants)
    return status(f"{head.kind.capitalize()} {name.last} successfully restored.")


def _returned(runner: Runner, entry: Entry, dropped_on: datetime) -> Entry:
    """Schedules stand still: who brings the object back says when they go on (reference A.7, F.4)."""
    orphaned = not _is_role(runner, entry.owner)
    if entry.kind == "TASK" and (orphaned or entry.properties["state"] == "started"):
        reason = "MATCHING_OWNER_NOT_FOUND" if orphaned else "SCHEMA_OR_DATABASE_DELETED"
        entry = entry.with_(state="suspended", suspended_reason=reason, suspended_on=dropped_on.isoformat())
    elif entry.kind == "ALERT":
        entry = entry.with_(state="suspended")
    return replace(entry, owner=runner.role) if orphaned else entry


def _is_role(runner: Runner, name: str) -> bool:
    return name in SYSTEM_ROLES or runner.catalog.find("ROLE", ObjectName((name,))) is not None


def _put_back(runner: Runner, back: list[Entry]) -> None:
    tables = []
    for entry in back:
        runner.catalog.add(runner.engine, entry)
        if entry.kind == "SCHEMA":
            runner.engine.run(f"CREATE SCHEMA {schema_name(entry.name)}")
        elif entry.kind in {"TABLE", "DYNAMIC TABLE"}:
            make_view(runner, entry)
            tables.append(entry)
    # a stream elsewhere goes on where it stood: it is on this very table (reference B.6)
    known = {entry.id for entry in back}
    watching = {s.id: s for e in back for s in changes.streams_on(runner, e) if e.kind not in CONTAINERS}
    define(runner, [*back, *(stream for number, stream in watching.items() if number not in known)])
    for number, moment in runner.engine.all("SELECT table_id, data_timestamp FROM _account.refreshed"):
        if number in known and isinstance(moment, datetime):
            runner.shared.refreshed[int(str(number))] = moment
    remember(runner, [table for table in tables if table.kind == "DYNAMIC TABLE"], "CREATE_DYNAMIC_TABLE")


def _grant(runner: Runner, grants: list[Held]) -> None:
    """What was granted on the objects, to roles that are still there."""
    for held in grants:
        if held.to in {"DATABASE ROLE", "USER"} or _is_role(runner, held.grantee):
            runner.shared.grants.add(runner.engine, held)


HANDLERS = {("UNDROP", kind): undrop for kind in dropped.KINDS}
