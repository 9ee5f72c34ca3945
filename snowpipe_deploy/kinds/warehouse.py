"""Warehouses: account-level; every property by ALTER, so that nothing that runs on one is cut off."""

from snowpipe_deploy.kind import Facts, Kind, Meeting, Row, Shown, side_by_side, text_of
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import ObjectKey, Observed, Reading, SqlObject
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Head, Value

# the fact of SHOW WAREHOUSES that each clause sets; what is not here SHOW does not tell
CLAUSES = {
    "WAREHOUSE_SIZE": "size", "WAREHOUSE_TYPE": "type", "AUTO_SUSPEND": "auto_suspend", "AUTO_RESUME": "auto_resume",
    "MIN_CLUSTER_COUNT": "min_cluster_count", "MAX_CLUSTER_COUNT": "max_cluster_count", "SCALING_POLICY": "scaling_policy",
    "RESOURCE_MONITOR": "resource_monitor", "ENABLE_QUERY_ACCELERATION": "enable_query_acceleration",
    "QUERY_ACCELERATION_MAX_SCALE_FACTOR": "query_acceleration_max_scale_factor", "COMMENT": "comment",
}  # fmt: skip
# one spelling each, which needs no quotes in an ALTER
_SIZES = {"X-SMALL": "XSMALL", "X-LARGE": "XLARGE", "2X-LARGE": "XXLARGE", "X2LARGE": "XXLARGE", "3X-LARGE": "XXXLARGE",
          "X3LARGE": "XXXLARGE", "4X-LARGE": "X4LARGE", "5X-LARGE": "X5LARGE", "6X-LARGE": "X6LARGE"}  # fmt: skip


def _canonical(clause: str, value: Value) -> str:
    text = str(value)
    if clause == "COMMENT":
        return text
    return _SIZES.get(text.upper(), text.upper()) if clause == "WAREHOUSE_SIZE" else text.upper()


def _facts(row: Row) -> dict[str, str]:
    found = text_of(row, *CLAUSES.values())
    return {fact: _canonical(clause, found[fact]) for clause, fact in CLAUSES.items() if fact in found}


def _key(row: Row) -> ObjectKey:
    return ObjectKey("WAREHOUSE", ObjectName((str(row["name"]),)))


def _read(head: Head, schema: str | None) -> Reading:
    """Sizes by one name each; whether it begins suspended says nothing about it later."""
    found = read_clauses(head, schema)
    return {k: _canonical(k, v) for k, v in found.items() if k != "INITIALLY_SUSPENDED" and isinstance(v, str)}


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    """What the text leaves out may be anything: defaults change with releases (reference F.7)."""
    del key
    named = {fact: clause for clause, fact in CLAUSES.items() if clause in reading or clause == "COMMENT"}
    return side_by_side(reading, facts, **named)


def _meets(thing: SqlObject, seen: Observed) -> Meeting:
    """A warehouse that others made will do, if all that the text names and SHOW tells is so."""
    wanted = {fact: str(thing.reading[clause]) for clause, fact in CLAUSES.items() if clause in thing.reading}
    return "same" if all(seen.facts.get(fact) == value for fact, value in wanted.items()) else ""


KIND = Kind(
    "WAREHOUSE",
    show="SHOW WAREHOUSES",
    facts=_facts,
    key=_key,
    level="account",
    read=_read,
    compared=_compared,
    meets=_meets,
    replaceable=False,
    unknowable=("MAX_CONCURRENCY_LEVEL and statement time-outs: they are not in SHOW WAREHOUSES",),
)
