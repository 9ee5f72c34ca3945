"""Alerts: their state and how the last evaluation went."""

from collections.abc import Iterable, Mapping

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import moment
from snowpipe_deploy.status.model import Alert

Row = Mapping[str, object]


def alerts(rows: Iterable[Row], history: Iterable[Row]) -> tuple[Alert, ...]:
    """`history` holds the last evaluation of each alert."""
    last = {ObjectName((str(row["SCHEMA_NAME"]), str(row["NAME"]))): row for row in history}
    return tuple(_alert(row, last) for row in rows)


def _alert(row: Row, last: Mapping[ObjectName, Row]) -> Alert:
    name = ObjectName((str(row["schema_name"]), str(row["name"])))
    seen = last.get(name, {})
    return Alert(
        name, str(row.get("state") or ""), str(row.get("schedule") or ""), str(seen.get("STATE") or ""),
        moment(seen.get("SCHEDULED_TIME")), str(seen.get("SQL_ERROR_MESSAGE") or ""),
    )  # fmt: skip
