"""Dynamic tables: how far their data lags, how the last refresh went, and why a refresh is not incremental."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import moment
from snowpipe_deploy.status.model import DynamicTable

_LAG = re.compile(r"\s*(\d+)\s*(second|minute|hour|day)s?\s*", re.IGNORECASE)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
# refresh_mode_reason of SHOW (reference C.5)
_REASONS = {
    "QUERY_NOT_SUPPORTED_FOR_INCREMENTAL": "its query cannot be refreshed incrementally",
    "USER_SPECIFIED_FULL_REFRESH": "REFRESH_MODE = FULL was asked for",
    "UPSTREAM_USES_FULL_REFRESH": "a dynamic table that it reads refreshes in full",
}

Row = Mapping[str, object]


def seconds(target_lag: str) -> int | None:
    """A TARGET_LAG in seconds; None for DOWNSTREAM, which promises no time."""
    match = _LAG.fullmatch(target_lag)
    return int(match[1]) * _SECONDS[match[2].lower()] if match else None


def why_full(table: DynamicTable) -> str:
    """Why its refreshes are not incremental, in words; nothing where they are or where the account does not say."""
    if table.mode.upper() != "FULL":
        return ""
    return _REASONS.get(table.reason, table.reason)


def dynamic_tables(rows: Iterable[Row], refreshes: Iterable[Row], now: datetime) -> tuple[DynamicTable, ...]:
    """`refreshes` holds the last one of each table."""
    last = {ObjectName((str(refresh["SCHEMA_NAME"]), str(refresh["NAME"]))): refresh for refresh in refreshes}
    return tuple(_table(row, last, now) for row in rows)


def _table(row: Row, last: Mapping[ObjectName, Row], now: datetime) -> DynamicTable:
    name = ObjectName((str(row["schema_name"]), str(row["name"])))
    by_hand = str(row.get("scheduler") or "ENABLE").upper() == "DISABLE"
    refreshed, refresh = moment(row.get("data_timestamp")), last.get(name, {})
    return DynamicTable(
        name, f"{row.get('scheduling_state') or ''}{', refreshed by hand or by a task' if by_hand else ''}",
        str(row.get("refresh_mode") or ""), str(row.get("refresh_mode_reason") or ""), refreshed,
        "" if by_hand else str(row.get("target_lag") or ""), (now - refreshed).total_seconds() if refreshed else None,
        str(refresh.get("STATE") or ""), str(refresh.get("REFRESH_ACTION") or ""), str(refresh.get("STATE_MESSAGE") or ""),
    )  # fmt: skip
