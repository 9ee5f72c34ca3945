"""Pipes: the COPY cannot be altered, and a new pipe does not know what the old one loaded (reference D.6)."""

import contextlib

from snowpipe_deploy.kind import BODY, Facts, Kind, Row, Shown, show_key, side_by_side, text_of
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import ObjectKey, Reading
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import code, normalized


def _facts(row: Row) -> dict[str, str]:
    definition = _copy(str(row.get("definition") or ""))
    return {**text_of(row, "comment", "integration", "error_integration"), "definition": definition}


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "invalid_reason")


def _read(head: Head, schema: str | None) -> Reading:
    """The COPY by its words: a replace costs the load history, so a line break is no change."""
    found = dict(read_clauses(head, schema))
    if BODY in found:
        found[BODY] = _copy(str(found[BODY]))
    if str(found.get("AUTO_INGEST", "")).upper() == "FALSE":
        del found["AUTO_INGEST"]
    return found


def _copy(text: str) -> str:
    """The COPY made comparable; the path behind a stage's name is told apart by case."""
    out, at = [], 0
    for token in code(text):
        if token.kind == "stage":
            name, slash, path = token.text[1:].partition("/")
            with contextlib.suppress(ValueError):  # @~ and @%table
                out.append(f"{text[at : token.start]}@{ObjectName.parse(name)}{slash}{path}")
                at = token.end
    return normalized("".join(out) + text[at:])


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(
        reading, facts, comment="COMMENT", integration="INTEGRATION", error_integration="ERROR_INTEGRATION"
    )
    if facts.get("definition"):
        found["definition"] = Shown(BODY, str(reading.get(BODY, "")), facts["definition"])
    return found


KIND = Kind(
    "PIPE",
    show="SHOW PIPES IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("PIPE"),
    state=_state,
    read=_read,
    drop_hazard="loses-load-history",
    replace_hazards=("loses-load-history", "loses-grants"),
    unknowable=("whether it is paused: SHOW PIPES does not say", "AWS_SNS_TOPIC"),
)
