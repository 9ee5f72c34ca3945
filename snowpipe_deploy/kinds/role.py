"""Roles: account-level; replacing one would lose all that it has and gives (reference F.2)."""

from snowpipe_deploy.kind import Kind, Meeting, Row, text_of
from snowpipe_deploy.model import ObjectKey, Observed, SqlObject
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("ROLE", ObjectName((str(row["name"]),)))


def _meets(thing: SqlObject, seen: Observed) -> Meeting:
    return "same" if str(thing.reading.get("COMMENT", "")) == seen.facts.get("comment", "") else ""


KIND = Kind("ROLE", show="SHOW ROLES", facts=_facts, key=_key, level="account", meets=_meets, replaceable=False)
