"""CREATE, ALTER and EXECUTE of alerts: a condition that is looked at by the clock, and an action where it holds."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements import _later
from snowpipe_deploy.local.statements._common import (
    created,
    ended,
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.schedule import parse_schedule
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.head import Cursor, Head

_DONE = "Statement executed successfully."
_SET = frozenset({"WAREHOUSE", "SCHEDULE", "COMMENT"})


def create_alert(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    for word in ("IF", "THEN"):
        if word not in head.clauses:
            raise sql_error("syntax", f"syntax error: an alert needs {word}")
    if "SCHEDULE" not in head.clauses:
        raise unsupported("an alert without SCHEDULE (on new data)")
    if "CONFIG" in head.clauses:
        raise unsupported("CONFIG of an alert")
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    properties: dict[str, Any] = {**head.clauses, "state": "suspended"}
    comment = str(properties.pop("COMMENT", ""))
    _check(properties)
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            kept = {**properties, "state": found.properties["state"]}
            runner.catalog.change(runner.engine, replace(found, properties=kept, comment=comment, text=head.text))
            return created(head, name)
        if found is not None:
            removal.remove(runner, found)
        runner.catalog.add(runner.engine, new_entry(runner, head, name, properties))
    return created(head, name)


def _check(properties: dict[str, Any]) -> None:
    try:
        parse_schedule(str(properties["SCHEDULE"]))
    except ValueError as error:
        raise sql_error("task", f"Invalid schedule: {error}.") from error
    _later.check(str(properties["THEN"]))
    if not Cursor(str(properties["IF"])).sees("EXISTS", "("):
        raise sql_error("syntax", "syntax error: the condition of an alert is EXISTS (query)")


def alter_alert(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    entry = runner.catalog.get("ALERT", name)
    changed = _altered(runner, entry, Cursor(head.rest), head)
    _check(dict(changed.properties))
    with runner.definition():
        runner.catalog.change(runner.engine, changed)
    return status(_DONE)


def _altered(runner: Runner, entry: Entry, cursor: Cursor, head: Head) -> Entry:
    if cursor.accept("RESUME"):
        ended(cursor)
        fresh = {} if entry.properties["state"] == "started" else {"resumed_on": runner.now().isoformat()}
        return entry.with_(state="started", **fresh)
    if cursor.accept("SUSPEND"):
        ended(cursor)
        return entry.with_(state="suspended")
    if cursor.accept("MODIFY", "CONDITION"):
        return entry.with_(IF=cursor.rest.strip())
    if cursor.accept("MODIFY", "ACTION"):
        return entry.with_(THEN=cursor.rest.strip())
    if cursor.accept("SET"):
        options = settings(cursor)
        if extra := options.keys() - _SET:
            raise unsupported(f"ALTER ALERT SET {', '.join(sorted(extra))}")
        comment = options.pop("COMMENT", entry.comment)
        return replace(entry.with_(**options), comment=comment)
    if cursor.accept("UNSET"):
        gone = words(cursor)
        if set(gone) - {"WAREHOUSE", "COMMENT"}:
            raise unsupported(f"ALTER ALERT UNSET {', '.join(gone)}")
        return replace(entry.with_(**dict.fromkeys(gone)), comment="" if "COMMENT" in gone else entry.comment)
    raise unsupported(f"ALTER ALERT {head.rest[:40]}")


def execute_alert(runner: Runner, head: Head) -> Answer:
    """Looks at the condition now, whatever the state and the schedule."""
    cursor = Cursor(head.text)
    cursor.expect("EXECUTE", "ALERT")
    entry = runner.catalog.get("ALERT", runner.full(cursor.name()))
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    evaluate(runner, entry, runner.now(), "EXECUTE ALERT")
    return status(_DONE)


def evaluate(runner: Runner, alert: Entry, scheduled: datetime, origin: str) -> None:
    """One look at the condition, and the action where it holds; what became of it is a row of ALERT_HISTORY."""
    found: dict[str, Any] = {
        "condition_query_id": None,
        "action_query_id": None,
        "error_code": None,
        "error_message": None,
    }
    with _placed(runner, alert):
        try:
            answer = runner.run_text(f"SELECT {alert.properties['IF']} AS V", {})
            found["condition_query_id"] = runner.last_query_id
            state = "TRIGGERED" if answer.rows.rows[0][0] is True else "CONDITION_FALSE"
        except SqlError as error:
            state = "CONDITION_FAILED"
            found |= _failed(error)
        if state == "TRIGGERED":
            try:
                runner.run_text(str(alert.properties["THEN"]), {})
                found["action_query_id"] = runner.last_query_id
            except SqlError as error:
                state = "ACTION_FAILED"
                found |= _failed(error)
    with runner.shared.lock, runner.definition():
        runner.engine.run(
            "INSERT INTO _account.alert_runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [runner.new_id(), alert.id, list(alert.name.parts), alert.properties["IF"], found["condition_query_id"],
             alert.properties["THEN"], found["action_query_id"], state, found["error_code"], found["error_message"],
             scheduled, runner.now(), origin],
        )  # fmt: skip


def _failed(error: SqlError) -> dict[str, Any]:
    return {"error_code": f"{error.errno:06d}", "error_message": error.text}


@contextlib.contextmanager
def _placed(runner: Runner, alert: Entry) -> Iterator[None]:
    """Names in an alert belong to its own schema."""
    before = (runner.database, runner.schema)
    runner.database, runner.schema = alert.name.parts[:2]
    try:
        yield
    finally:
        runner.database, runner.schema = before


HANDLERS = {
    ("CREATE", "ALERT"): create_alert,
    ("ALTER", "ALERT"): alter_alert,
    ("EXECUTE", "ALERT"): execute_alert,
}
