"""The scope's database: its properties by ALTER; nothing ever drops it, for the record lies in it."""

from snowpipe_deploy.kind import Facts, Kind, Meeting, Row, Shown, retention, side_by_side, text_of
from snowpipe_deploy.model import ObjectKey, Observed, Reading, SqlObject
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment", "options", "retention_time")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("DATABASE", ObjectName((str(row["name"]),)))


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    return {**side_by_side(reading, facts, comment="COMMENT"), **retention(reading, facts)}


def _meets(thing: SqlObject, seen: Observed) -> Meeting:
    """The environment names the database as its own; properties that the text leaves out may be anything."""
    comment = str(thing.reading.get("COMMENT", "")) == seen.facts.get("comment", "")
    kept = thing.reading.get("DATA_RETENTION_TIME_IN_DAYS")
    return "adopt" if comment and kept in {None, seen.facts.get("retention_time")} else ""


KIND = Kind(
    "DATABASE",
    show="SHOW DATABASES LIKE {pattern}",
    facts=_facts,
    key=_key,
    level="account",
    compared=_compared,
    meets=_meets,
    drop_hazard="deletes-data",
    replaceable=False,
    unknowable=("MAX_DATA_EXTENSION_TIME_IN_DAYS: it is not in SHOW DATABASES",),
)
