"""Schemas."""

from snowpipe_deploy.kind import KIND_WORDS, Facts, Kind, Meeting, Row, Shown, retention, side_by_side, text_of
from snowpipe_deploy.model import ObjectKey, Observed, Reading, SqlObject
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment", "options", "retention_time")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("SCHEMA", ObjectName((str(row["name"]),)))


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = {**side_by_side(reading, facts, comment="COMMENT"), **retention(reading, facts)}
    if "options" in facts:
        wanted = [w for w, on in (("TRANSIENT", "TRANSIENT" in reading.get(KIND_WORDS, ())),
                                  ("MANAGED ACCESS", "WITH MANAGED ACCESS" in reading)) if on]  # fmt: skip
        clause = KIND_WORDS if ("TRANSIENT" in facts["options"]) != ("TRANSIENT" in wanted) else "WITH MANAGED ACCESS"
        found["options"] = Shown(clause, ", ".join(wanted), facts["options"])
    return found


def _meets(thing: SqlObject, seen: Observed) -> Meeting:
    """A schema that is there with the same comment holds nothing that we would change."""
    return "adopt" if str(thing.reading.get("COMMENT", "")) == seen.facts.get("comment", "") else ""


KIND = Kind(
    "SCHEMA",
    show="SHOW SCHEMAS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=_key,
    level="database",
    meets=_meets,
    drop_hazard="deletes-data",
    replaceable=False,
    skip=lambda row: row["name"] == "INFORMATION_SCHEMA",
)
