"""Schemas."""

from snowpipe_deploy.kind import Kind, Row, text_of
from snowpipe_deploy.model import ObjectKey
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment", "options", "retention_time")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("SCHEMA", ObjectName((str(row["name"]),)))


KIND = Kind(
    "SCHEMA",
    show="SHOW SCHEMAS IN DATABASE {database}",
    facts=_facts,
    key=_key,
    drop_hazard="deletes-data",
    replaceable=False,
    skip=lambda row: row["name"] == "INFORMATION_SCHEMA",
)
