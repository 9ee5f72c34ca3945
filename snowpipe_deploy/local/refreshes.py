"""Refreshes of dynamic tables: those above first, all at one data timestamp (reference C.3)."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.query import routines
from snowpipe_deploy.local.query.reads import relations_below
from snowpipe_deploy.local.query.translate import parse, translate
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.schedule import lag_seconds
from snowpipe_deploy.session import SqlError

_FAILURES = 5  # scheduled refreshes that fail in a row, after which a table is suspended (reference C.3)
Counts = tuple[int, int]  # rows inserted and deleted


# -- the graph -------------------------------------------------------------------------------------------------------------


def upstream(runner: Runner, entry: Entry) -> list[Entry]:
    """The dynamic tables that this one reads, itself or through views."""
    return [source for source in relations_below(runner.catalog, entry) if source.kind == "DYNAMIC TABLE"]


def downstream(runner: Runner, entry: Entry) -> list[Entry]:
    """All dynamic tables that read this one, however far below."""
    above = {table.id: {a.id for a in upstream(runner, table)} for table in runner.catalog.of("DYNAMIC TABLE")}
    reached = {entry.id}
    while more := {table for table, ids in above.items() if ids & reached} - reached:
        reached |= more
    return [table for table in runner.catalog.of("DYNAMIC TABLE") if table.id in reached - {entry.id}]


def is_scheduled(entry: Entry) -> bool:
    """False where SCHEDULER = DISABLE: then nothing but its own refresh by hand refreshes it."""
    return str(entry.properties.get("SCHEDULER", "ENABLE")).upper() != "DISABLE"


def lag(entry: Entry) -> int | None:
    """The seconds of a target lag of its own; None for DOWNSTREAM and without a scheduler."""
    return lag_seconds(str(entry.properties.get("TARGET_LAG", ""))) if is_scheduled(entry) else None


def with_upstream(runner: Runner, targets: Iterable[Entry]) -> list[Entry]:
    """The tables with those that are refreshed along with them, each once and behind all that it reads."""
    ordered: dict[int, Entry] = {}

    def visit(entry: Entry, below: frozenset[int]) -> None:
        if is_scheduled(entry):  # one without a scheduler is alone in its pipeline
            for above in upstream(runner, entry):
                # a view that was replaced later can close a circle
                if above.id not in ordered and above.id not in below and is_scheduled(above):
                    visit(above, below | {entry.id, above.id})
        ordered.setdefault(entry.id, entry)

    for target in targets:
        visit(target, frozenset({target.id}))
    return list(ordered.values())


def suspension(runner: Runner, entry: Entry, below: frozenset[int] = frozenset()) -> tuple[str, str | None]:
    """Why a dynamic table stands still, and since when; empty where it does not. What is suspended takes along all below it."""
    if entry.properties["state"] == "SUSPENDED":
        return str(entry.properties.get("suspended_reason", "USER_SUSPENDED")), entry.properties.get("suspended_on")
    for above in upstream(runner, entry):
        if above.id in below:
            continue
        reason, since = suspension(runner, above, below | {entry.id})
        if reason:
            return reason if reason.startswith("UPSTREAM_") else f"UPSTREAM_{reason}", since
    return "", None


# -- refreshing ------------------------------------------------------------------------------------------------------------


def refresh_all(runner: Runner, tables: Sequence[Entry], cause: str) -> dict[int, Counts | SqlError]:
    """Refreshes tables in their order, all at this moment; what is below one that failed keeps its rows.

    The account's lock must be held: then all of them read what one moment has.
    """
    moment = runner.now()
    done: dict[int, Counts | SqlError] = {}
    for table in tables:
        entry = runner.catalog.by_id(table.id) or table
        above = [done.get(one.id) for one in upstream(runner, entry)]
        try:
            if any(isinstance(one, SqlError) for one in above):
                raise sql_error("inputs_failed")
            done[entry.id] = _refresh(runner, entry, cause, moment)
        except SqlError as error:
            done[entry.id] = error
            _failed(runner, entry, error, cause, moment)
        else:
            _succeeded(runner, entry)
    return done


def _refresh(runner: Runner, entry: Entry, cause: str, moment: datetime) -> Counts:
    """Computes the query anew in one transaction, unless nothing that it reads has changed since the last time."""
    with _as_owner(runner, entry):
        query = translate(runner, entry.properties["query"])
        read = _read_by(runner, entry, query.sql)
        with runner.changes():
            known = read is not None and runner.shared.refreshed_from.get(entry.id) == read
            new, gone = (0, 0) if known else _write_differences(runner, entry, query.sql)
            runner.write("DELETE FROM _account.refreshed WHERE table_id = ?", [entry.id])
            runner.write("INSERT INTO _account.refreshed VALUES (?, ?)", [entry.id, moment])
            if not entry.properties["initialized"]:
                runner.catalog.change(runner.engine, entry.with_(initialized=True))
            _record(runner, entry, "SUCCEEDED", "", cause, moment, (new, gone))
    runner.shared.refreshed[entry.id] = moment
    runner.shared.refreshed_from[entry.id] = read
    return new, gone


# what makes a query answer anew although its tables stand still, in the engine's words
_ANEW = re.compile(r"getvariable|nextval|random|uuid|python_|temp\.|now\(|current_", re.IGNORECASE)


def _read_by(runner: Runner, entry: Entry, sql: str) -> object:
    """What a refresh reads: as long as it is the same, so are the rows. None where it is not known."""
    read = relations_below(runner.catalog, entry)
    calls = (routines.named(call)[1] for call in parse(entry.properties["query"]).find_all(exp.Anonymous))
    if (
        _ANEW.search(sql)
        or any(source.kind == "VIEW" for source in read)
        or any(routines.overloads(runner, c) for c in calls)
    ):
        return None
    return (sql, [(source, runner.shared.writes.get(source.id, 0)) for source in read])


def _write_differences(runner: Runner, entry: Entry, sql: str) -> Counts:
    """Only rows that differ are written, so that streams see real changes; the numbers of those inserted and deleted."""
    columns = changes.column_list(entry)
    # what differs, in one pass: rows that are there and no more (they have a `__row`), and rows that are not there yet
    differ = runner.write(
        f"CREATE OR REPLACE TEMP TABLE _refresh AS SELECT b.__row, r.* FROM (SELECT {columns}, row_number() OVER "
        f"(PARTITION BY {columns}) AS __n FROM ({sql}) AS q({columns})) AS r FULL JOIN (SELECT __row, {columns}, "
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
    return new, gone


@contextmanager
def _as_owner(runner: Runner, entry: Entry) -> Iterator[None]:
    """A refresh has the names of the table's schema and the rights of its owner (reference C.8)."""
    context = (runner.database, runner.schema, runner.role)
    runner.database, runner.schema, runner.role = *entry.name.parts[:2], entry.owner
    try:
        yield
    finally:
        runner.database, runner.schema, runner.role = context


def _same(entry: Entry) -> str:
    names = [quoted(c.name) for c in entry.columns]
    return " AND ".join(f"b.{n} IS NOT DISTINCT FROM r.{n}" for n in names)


def _succeeded(runner: Runner, entry: Entry) -> None:
    current = runner.catalog.by_id(entry.id)
    if current is not None and current.properties.get("failures"):
        with runner.definition():
            runner.catalog.change(runner.engine, current.with_(failures=None))


def _failed(runner: Runner, entry: Entry, error: SqlError, cause: str, moment: datetime) -> None:
    """Notes the failure; so many scheduled ones in a row suspend the table."""
    runner.catalog.load(runner.engine)  # the COMMIT may have failed
    below = error.errno == sql_error("inputs_failed").errno
    entry = runner.catalog.by_id(entry.id) or entry
    with runner.definition():
        _record(runner, entry, "UPSTREAM_FAILED" if below else "FAILED", error.text, cause, moment, (0, 0))
        if cause != "SCHEDULED" or below:
            return
        count = int(entry.properties.get("failures", 0)) + 1
        changed: dict[str, Any] = {"failures": count}
        if count >= _FAILURES:
            changed |= suspended(runner, "SUSPENDED_DUE_TO_ERRORS")
        changed_entry = runner.catalog.change(runner.engine, entry.with_(**changed))
        if count >= _FAILURES:
            remember(runner, [changed_entry, *downstream(runner, changed_entry)], "SUSPEND")


def suspended(runner: Runner, reason: str) -> dict[str, Any]:
    """The properties of a dynamic table that stands still from now on."""
    return {
        "state": "SUSPENDED",
        "suspended_reason": reason,
        "suspended_on": runner.now().isoformat(),
        "failures": None,
    }


def _record(
    runner: Runner, entry: Entry, state: str, message: str, cause: str, moment: datetime, counts: Counts
) -> None:
    action: str | None = None
    if state == "SUCCEEDED":
        first = cause == "CREATION" and not entry.properties["initialized"]
        action = "REINITIALIZE" if first else "NO_DATA" if counts == (0, 0) else str(entry.properties["refresh_mode"])
    runner.engine.run(
        "INSERT INTO _account.refreshes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [entry.id, list(entry.name.parts), state, message, runner.query_id, moment, moment, runner.now(), action,
         cause, *counts, lag(entry)],
    )  # fmt: skip


# -- what the graph was ----------------------------------------------------------------------------------------------------


def remember(runner: Runner, entries: Iterable[Entry], trigger: str) -> None:
    """Notes what these tables are from now on, for DYNAMIC_TABLE_GRAPH_HISTORY; runs inside `runner.definition()`."""
    now = runner.now()
    for entry in entries:
        forget(runner, entry)
        reason, since = suspension(runner, entry)
        state = {"state": "SUSPENDED" if reason else "ACTIVE"}
        if reason:
            state |= {"reason_code": reason, "suspended_on": str(since)}
        elif resumed := entry.properties.get("resumed_on"):
            state |= {"resumed_on": str(resumed)}
        read = [{"kind": source.kind, "name": str(source.name)} for source in relations_below(runner.catalog, entry)]
        runner.engine.run(
            "INSERT INTO _account.dynamic_versions VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            [entry.id, list(entry.name.parts), json.dumps(read), "USER_DEFINED" if lag(entry) else "DOWNSTREAM", lag(entry),
             entry.properties["query"], now, json.dumps(state), json.dumps([trigger])],
        )  # fmt: skip


def forget(runner: Runner, entry: Entry) -> None:
    """What the table was until now is over."""
    runner.engine.run(
        "UPDATE _account.dynamic_versions SET valid_to = ? WHERE table_id = ? AND valid_to IS NULL",
        [runner.now(), entry.id],
    )
