"""Streams: only the comment can change; anything else needs a new stream, whose position is lost (reference B.5)."""

from snowpipe_deploy.kind import Facts, Kind, Row, Shown, show_key, side_by_side, text_of, within
from snowpipe_deploy.model import ObjectKey, Reading, Reference
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import code


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment", "table_name", "mode", "source_type", "stale")


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "stale", "invalid_reason", "stale_after")


def _source(head: Head, schema: str | None) -> tuple[str, ObjectName]:
    source = head.clauses.get("ON")
    kind, name = source if isinstance(source, tuple) else ("TABLE", "?")
    return kind, within(schema, name)


def _read(head: Head, schema: str | None) -> Reading:
    """Source and mode in full: `APPEND_ONLY = FALSE` says the same as leaving it out."""
    kind, name = _source(head, schema)
    found = {
        k: v for k, v in head.clauses.items() if k not in {"ON", "COPY GRANTS", "AT", "BEFORE", "SHOW_INITIAL_ROWS"}
    }
    found["ON"] = (kind, str(name))
    for word in ("APPEND_ONLY", "INSERT_ONLY"):
        if str(found.get(word, "")).upper() == "FALSE":
            del found[word]
    return found


def stream_at(head: Head, schema: str | None) -> ObjectName | None:
    """The stream that AT (STREAM => …) or BEFORE names: it begins where that one is."""
    for word in ("AT", "BEFORE"):
        tokens = code(str(head.clauses.get(word, "")))
        if len(tokens) > 3 and tokens[1].upper == "STREAM":
            return within(schema, tokens[3].value)
    return None


def _references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    kind, name = _source(head, schema)
    found = Reference("STAGE" if kind == "STAGE" else "relation", name, "reads")
    other = stream_at(head, schema)
    if other is None or (head.name is not None and within(schema, str(head.name)) == other):
        return (found,)
    return (found, Reference("STREAM", other, "reads"))


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT")
    on = reading.get("ON", ())
    if "table_name" in facts and isinstance(on, tuple) and len(on) == 2:
        found["table_name"] = Shown("ON", on[1], facts["table_name"])
    if "mode" in facts:
        wanted = next((w for w in ("APPEND_ONLY", "INSERT_ONLY") if w in reading), "DEFAULT")
        found["mode"] = Shown("APPEND_ONLY" if wanted == "DEFAULT" else wanted, wanted, facts["mode"])
    return found


KIND = Kind(
    "STREAM",
    show="SHOW STREAMS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("STREAM"),
    state=_state,
    read=_read,
    references=_references,
    drop_hazard="loses-offset",
    replace_hazards=("loses-offset", "loses-grants"),
    unknowable=("its offset at creation", "SHOW_INITIAL_ROWS"),
)
