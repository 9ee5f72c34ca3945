"""Materialized views: a changed query is a new one, computed from the beginning."""

from snowpipe_deploy.kind import Facts, Kind, Row, Shown, show_key, side_by_side, text_of
from snowpipe_deploy.model import ObjectKey, Reading


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment", "is_secure", "cluster_by")


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "invalid", "invalid_reason")


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    return side_by_side(reading, facts, comment="COMMENT")


KIND = Kind(
    "MATERIALIZED VIEW",
    show="SHOW MATERIALIZED VIEWS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("MATERIALIZED VIEW"),
    state=_state,
    replace_hazards=("rebuild", "loses-grants"),
    unknowable=("policies and tags that somebody set on it",),
)
