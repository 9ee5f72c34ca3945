"""Alerts: every change by ALTER; what the condition and the action name is looked up when they run."""

from snowpipe_deploy.analysis.uses import references as uses_in
from snowpipe_deploy.kind import (
    Alteration,
    Facts,
    Kind,
    Row,
    Shown,
    clause_change,
    full_name,
    show_key,
    side_by_side,
    text_of,
)
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import Change, ObjectKey, Reading, Reference, Scope
from snowpipe_deploy.names import quote
from snowpipe_deploy.schedule import canonical as schedule
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import normalized


def _facts(row: Row) -> dict[str, str]:
    found = text_of(row, "comment", "warehouse", "action")
    found["condition"] = normalized(str(row.get("condition") or ""))
    found["schedule"] = schedule(str(row.get("schedule") or ""))
    return found


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "state")


def _read(head: Head, schema: str | None) -> Reading:
    found = dict(read_clauses(head, schema))
    if "SCHEDULE" in found:
        found["SCHEDULE"] = schedule(str(found["SCHEDULE"]))
    if "IF" in found:
        found["IF"] = normalized(str(found["IF"]))
    if "THEN" in found:
        found["THEN"] = str(found["THEN"]).rstrip(";").rstrip()
    return found


def _references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    condition = f"SELECT {head.clauses['IF']}" if "IF" in head.clauses else ""
    texts = (condition, str(head.clauses.get("THEN", "")))
    return tuple(use for text in texts if text for use in uses_in(text, schema, needs=False))


def _alter(change: Change, scope: Scope) -> Alteration:
    if change.desired is None:
        raise ValueError(f"{change.key}: nothing is desired")
    target = f"ALTER ALERT {full_name(change, scope)}"
    table = {clause.word: clause for clause in TABLES["ALERT"]}
    made = []
    for word in change.clauses:
        text = clause_change(table[word], change.desired.head.clauses.get(word), change.before.get(word))
        if not text:
            return Alteration(refuse=f"{word} of an alert cannot be taken away")
        made.append(f"{target} {text}")
    return Alteration(tuple(made))


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT", schedule="SCHEDULE", condition="IF")
    if "action" in facts:
        found["action"] = Shown("THEN", str(reading.get("THEN", "")), facts["action"].rstrip().rstrip(";").rstrip())
    if "warehouse" in facts:
        live = quote(facts["warehouse"]) if facts["warehouse"] else ""
        found["warehouse"] = Shown("WAREHOUSE", str(reading.get("WAREHOUSE", "")), live)
    return found


KIND = Kind(
    "ALERT",
    show="SHOW ALERTS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("ALERT"),
    state=_state,
    read=_read,
    references=_references,
    alter=_alter,
    replaceable=False,
)
