"""Dynamic tables: CREATE OR ALTER for the query (which reinitialises), ALTER for the rest (reference C.4)."""

from snowpipe_deploy.kind import (
    BODY,
    Alteration,
    Facts,
    Kind,
    Row,
    Shown,
    in_place_or,
    query_of,
    show_key,
    side_by_side,
    statement,
    text_of,
)
from snowpipe_deploy.model import Change, Hazard, ObjectKey, Reading, Scope
from snowpipe_deploy.schedule import canonical_lag
from snowpipe_deploy.sqltext.lexer import normalized


def _facts(row: Row) -> dict[str, str]:
    # the text is the CREATE as it was sent; only what follows AS is the query
    found = text_of(row, "target_lag", "scheduler", "warehouse", "comment", "cluster_by")
    return {**found, "query": query_of(str(row.get("text") or ""))}


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT", warehouse="WAREHOUSE")
    if "target_lag" in facts:
        found["target_lag"] = Shown(
            "TARGET_LAG", canonical_lag(str(reading.get("TARGET_LAG", ""))), canonical_lag(facts["target_lag"])
        )
    if "scheduler" in facts:
        wanted = str(reading.get("SCHEDULER", "ENABLE")).upper()
        found["scheduler"] = Shown("SCHEDULER", wanted, facts["scheduler"].upper() or "ENABLE")
    if "cluster_by" in facts:
        live = normalized(facts["cluster_by"].removeprefix("LINEAR"))
        found["cluster_by"] = Shown("CLUSTER BY", str(reading.get("CLUSTER BY", "")), live)
    if facts.get("query"):
        found["query"] = Shown(BODY, normalized(str(reading.get(BODY, ""))), facts["query"])
    return found


def _state(row: Row) -> dict[str, str]:
    return text_of(row, "scheduling_state", "refresh_mode", "refresh_mode_reason", "data_timestamp")


def _whole(change: Change, scope: Scope) -> Alteration:
    rebuilt = Hazard("full-refresh", str(change.key.name), "the next refresh computes the whole table again")
    return Alteration((statement(change, scope, "OR ALTER"),), (rebuilt,))


KIND = Kind(
    "DYNAMIC TABLE",
    show="SHOW DYNAMIC TABLES IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("DYNAMIC TABLE"),
    state=_state,
    alter=in_place_or(_whole),
)
