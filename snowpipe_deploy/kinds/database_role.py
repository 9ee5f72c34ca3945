"""Database roles: they live in the scope's database and go with it."""

from snowpipe_deploy.kind import Kind, Meeting, Row, text_of
from snowpipe_deploy.model import ObjectKey, Observed, SqlObject
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("DATABASE ROLE", ObjectName((str(row["name"]),)))


def _meets(thing: SqlObject, seen: Observed) -> Meeting:
    return "adopt" if str(thing.reading.get("COMMENT", "")) == seen.facts.get("comment", "") else ""


KIND = Kind(
    "DATABASE ROLE",
    show="SHOW DATABASE ROLES IN DATABASE {database}",
    facts=_facts,
    key=_key,
    level="database",
    meets=_meets,
    replaceable=False,
)
