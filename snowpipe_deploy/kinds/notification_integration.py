"""Notification integrations: account-level, compared by their text; never replaced, for that breaks the trust of the other side."""

from snowpipe_deploy.kind import Kind, Row, text_of
from snowpipe_deploy.model import ObjectKey
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "type", "enabled", "comment")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("NOTIFICATION INTEGRATION", ObjectName((str(row["name"]),)))


KIND = Kind(
    "NOTIFICATION INTEGRATION",
    show="SHOW NOTIFICATION INTEGRATIONS",
    facts=_facts,
    key=_key,
    level="account",
    replaceable=False,
    unknowable=("all but type, ENABLED and COMMENT: SHOW does not tell them, the text is compared",),
)
