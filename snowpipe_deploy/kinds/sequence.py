"""Sequences: replacing one starts it again."""

from dataclasses import replace

from snowpipe_deploy.kind import Alteration, Facts, Kind, Row, Shown, alter_clauses, show_key, side_by_side, text_of
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import Change, ObjectKey, Reading, Scope
from snowpipe_deploy.sqltext.head import Head


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "interval", "ordered", "comment")


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT")
    if "interval" in facts:
        found["interval"] = Shown("INCREMENT", str(reading.get("INCREMENT", "1")), facts["interval"])
    if "ordered" in facts and {"ORDER", "NOORDER"} & reading.keys():  # the account says what is meant without a word
        wanted = "ORDER" if "ORDER" in reading else "NOORDER"
        found["ordered"] = Shown(wanted, wanted, "ORDER" if facts["ordered"] in {"Y", "true"} else "NOORDER")
    return found


def _read(head: Head, schema: str | None) -> Reading:
    """Without a START and INCREMENT of 1, which are what is meant without a word."""
    return {k: v for k, v in read_clauses(head, schema).items() if not (k in {"START", "INCREMENT"} and v == "1")}


def _alter(change: Change, scope: Scope) -> Alteration:
    """NOORDER can be set, and leaving it out says nothing; ORDER and START need a new sequence (reference F.2)."""
    desired = change.desired.reading if change.desired else {}
    gives_up = "ORDER" in change.clauses and "ORDER" not in desired
    words = tuple(w for w in change.clauses if w != "NOORDER" or (w in desired and not gives_up))
    return alter_clauses(replace(change, clauses=words), scope)


KIND = Kind(
    "SEQUENCE",
    show="SHOW SEQUENCES IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("SEQUENCE"),
    read=_read,
    alter=_alter,
    replace_hazards=("loses-grants", "resets-sequence"),
    unknowable=("its START",),
)
