"""Dynamic tables: CREATE OR ALTER for the query (which reinitialises), ALTER for the rest (reference C.4)."""

from snowpipe_deploy.kind import Alteration, Kind, Row, in_place_or, show_key, statement, text_of
from snowpipe_deploy.model import Change, Hazard, Scope


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "target_lag", "scheduler", "warehouse", "comment", "cluster_by")


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "scheduling_state", "refresh_mode", "refresh_mode_reason", "data_timestamp")


def _whole(change: Change, scope: Scope) -> Alteration:
    rebuilt = Hazard("full-refresh", str(change.key.name), "the next refresh computes the whole table again")
    return Alteration((statement(change, scope, "OR ALTER"),), (rebuilt,))


KIND = Kind(
    "DYNAMIC TABLE",
    show="SHOW DYNAMIC TABLES IN DATABASE {database}",
    facts=_facts,
    key=show_key("DYNAMIC TABLE"),
    state=_state,
    alter=in_place_or(_whole),
)
