"""Tasks: every change by ALTER, so that id, history and links stay (reference A.6)."""

import json
from collections.abc import Iterable

from snowpipe_deploy.analysis.uses import references as uses_in
from snowpipe_deploy.kind import (
    BODY,
    Alteration,
    Facts,
    Kind,
    Look,
    Row,
    Shown,
    clause_change,
    full_name,
    show_key,
    side_by_side,
    text_of,
    within,
)
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import Change, ObjectKey, Reading, Reference, Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.schedule import canonical as schedule
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import normalized


def _facts(row: Row) -> dict[str, str]:
    found = text_of(row, "comment", "warehouse", "definition", "config", "error_integration")
    after = json.loads(str(row.get("predecessors") or "[]"))
    relations = json.loads(str(row.get("task_relations") or "{}"))
    found["predecessors"] = ", ".join(sorted(ObjectName.parse(name).last for name in after))
    found["finalizes"] = str(relations.get("FinalizedRootTask") or "").rpartition(".")[2]
    found["schedule"] = schedule(str(row.get("schedule") or ""))
    found["condition"] = normalized(str(row.get("condition") or ""))
    return found


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "state", "last_suspended_on", "last_suspended_reason")


def _read(head: Head, schema: str | None) -> Reading:
    found = dict(read_clauses(head, schema))
    if "SCHEDULE" in found:
        found["SCHEDULE"] = schedule(str(found["SCHEDULE"]))
    if "WHEN" in found:
        found["WHEN"] = normalized(str(found["WHEN"]))
    if "AFTER" in found:
        found["AFTER"] = tuple(sorted(str(within(schema, name)) for name in found["AFTER"]))
    if "FINALIZE" in found:
        found["FINALIZE"] = str(within(schema, str(found["FINALIZE"])))
    return found


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    found = side_by_side(reading, facts, comment="COMMENT", schedule="SCHEDULE", condition="WHEN", config="CONFIG",
                         error_integration="ERROR_INTEGRATION")  # fmt: skip
    if "warehouse" in facts:
        live = quote(facts["warehouse"]) if facts["warehouse"] else ""
        found["warehouse"] = Shown("WAREHOUSE", str(reading.get("WAREHOUSE", "")), live)
    if "definition" in facts:
        live = facts["definition"].rstrip().rstrip(";").rstrip()
        found["definition"] = Shown(BODY, str(reading.get(BODY, "")), live)

    def beside(name: str) -> str:
        """The graph's tasks are all in one schema."""
        return str(ObjectName((key.name.parts[0], name)))

    if "predecessors" in facts:
        after = reading.get("AFTER", ())
        live_after = tuple(sorted(beside(name) for name in facts["predecessors"].split(", ") if name))
        found["predecessors"] = Shown("AFTER", after if isinstance(after, tuple) else (after,), live_after)
    if "finalizes" in facts:
        live = beside(ObjectName.parse(facts["finalizes"]).last) if facts["finalizes"] else ""
        found["finalizes"] = Shown("FINALIZE", str(reading.get("FINALIZE", "")), live)
    return found


def _references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    """AFTER and FINALIZE must exist at CREATE; what WHEN and the body name is looked up when the task runs."""
    found = [Reference("TASK", within(schema, name), "after") for name in head.clauses.get("AFTER", ())]
    if "FINALIZE" in head.clauses:
        found.append(Reference("TASK", within(schema, str(head.clauses["FINALIZE"])), "after"))
    for text in (str(head.clauses.get("WHEN", "")), head.body or ""):
        found += uses_in(text, schema, needs=False) if text else ()
    return tuple(found)


def _alter(change: Change, scope: Scope) -> Alteration:
    if change.desired is None:
        raise ValueError(f"{change.key}: nothing is desired")
    target = f"ALTER TASK {full_name(change, scope)}"
    desired, before = change.desired.reading, change.before
    table = {clause.word: clause for clause in TABLES["TASK"]}
    unset: list[str] = []
    linked: list[str] = []
    cut: list[str] = []
    made: list[str] = []
    for word in change.clauses:
        if word == BODY:
            made.append(f"{target} MODIFY AS {desired[BODY]}")
        elif word == "WHEN" and "WHEN" in desired:
            made.append(f"{target} MODIFY WHEN {change.desired.head.clauses['WHEN']}")
        elif word == "AFTER":
            gone = [_full(scope, n) for n in before.get("AFTER", ()) if n not in desired.get("AFTER", ())]
            new = [_full(scope, n) for n in desired.get("AFTER", ()) if n not in before.get("AFTER", ())]
            linked += [f"{target} ADD AFTER {', '.join(new)}"] if new else []
            # a task that loses its last predecessor is a root at once, and a started root cannot be altered
            cut += [f"{target} SUSPEND"] if not desired.get("AFTER") else []
            cut += [f"{target} REMOVE AFTER {', '.join(gone)}"] if gone else []
        elif word == "FINALIZE" and "FINALIZE" in desired:
            made.append(f"{target} SET FINALIZE = {_full(scope, str(desired['FINALIZE']))}")
        elif word == "FINALIZE":  # it is a root at once, too
            unset += [f"{target} SUSPEND", f"{target} UNSET FINALIZE"]
        elif word not in table:  # a session parameter
            made.append(f"{target} SET {word} = '{desired[word]}'" if word in desired else f"{target} UNSET {word}")
        elif text := clause_change(table[word], change.desired.head.clauses.get(word), before.get(word)):
            (made if word in desired else unset).append(f"{target} {text}")
        else:
            return Alteration(refuse=f"{word} of a task cannot be altered")
    # SCHEDULE and AFTER exclude each other: one is unset before the other is set. A new predecessor comes before the old
    # one goes, so that the task never stands alone in between.
    return Alteration((*unset, *linked, *cut, *made))


def _full(scope: Scope, name: str) -> str:
    return str(scope.full(ObjectName.parse(name)))


def _differs(reading: Reading, rows: Iterable[Row]) -> tuple[tuple[str, str, str], ...]:
    """Parameters that are set on the task itself, beside those of its text; inherited ones are nobody's doing here."""
    told = {str(row["key"]): (str(row["value"]), str(row["level"]) == "TASK") for row in rows}
    found = []
    for word, (value, own) in sorted(told.items()):
        wanted = str(reading[word]) if word in reading else ""
        now = value if own else ""
        if _plain(wanted) != _plain(now):
            found.append((word, wanted, now))
    return tuple(found)


def _plain(value: str) -> str:
    """`X-SMALL` and `'XSmall'` are one size."""
    return value.strip("'").replace("-", "").upper()


def _mend(key: ObjectKey, fact: str, before: str) -> str:
    change = f"SET {fact} = {before if before.isdigit() else literal(before)}" if before else f"UNSET {fact}"
    return f"ALTER TASK {key.name} {change}, while its root is suspended"


KIND = Kind(
    "TASK",
    show="SHOW TASKS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("TASK"),
    state=_state,
    read=_read,
    references=_references,
    alter=_alter,
    drop_hazard="deletes-object",
    replaceable=False,
    unknowable=("USER_TASK_TIMEOUT_MS and other parameters: they are not in SHOW TASKS; `drift --deep` looks at them",),
    look=Look("SHOW PARAMETERS IN TASK {name}", _differs, _mend),
)
