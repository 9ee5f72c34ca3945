"""Pipes: their state, what is pending, the last file (SYSTEM$PIPE_STATUS, reference D.6)."""

import json
from collections.abc import Iterable, Mapping

from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.status.model import Pipe

Row = Mapping[str, object]


def question(row: Row) -> str:
    """SQL that tells how the pipe stands now."""
    full = ObjectName((str(row["database_name"]), str(row["schema_name"]), str(row["name"])))
    return f"SYSTEM$PIPE_STATUS({literal(str(full))})"


def pipes(rows: Iterable[Row], answers: Mapping[ObjectName, object]) -> tuple[Pipe, ...]:
    """`answers` are those to `question`, by pipe; where there is none its state is not known."""
    return tuple(_pipe(row, answers) for row in rows)


def _pipe(row: Row, answers: Mapping[ObjectName, object]) -> Pipe:
    name = ObjectName((str(row["schema_name"]), str(row["name"])))
    try:
        told = json.loads(str(answers.get(name) or "{}"))
    except ValueError:
        told = {}
    pending = told.get("pendingFileCount")
    broken = [str(told[key]) for key in ("error", "fault", "channelErrorMessage") if told.get(key)]
    invalid = str(row.get("invalid_reason") or "")
    return Pipe(
        name, str(told.get("executionState") or ""), None if pending is None else int(pending),
        str(told.get("lastIngestedFilePath") or ""), str(told.get("lastIngestedTimestamp") or ""), "; ".join(broken) or invalid,
    )  # fmt: skip
