"""A stream that is consumed less often than its source keeps changes."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import place
from snowpipe_deploy.analysis.program import Program, same
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_EVERY = re.compile(r"\s*(\d+)\s*(DAY|HOUR|H|MINUTE|M|SECOND|S)", re.IGNORECASE)
_DAYS = {
    "DAY": 1.0,
    "HOUR": 1 / 24,
    "H": 1 / 24,
    "MINUTE": 1 / 1440,
    "M": 1 / 1440,
    "SECOND": 1 / 86400,
    "S": 1 / 86400,
}
_DEFAULTS = {"DATA_RETENTION_TIME_IN_DAYS": 1, "MAX_DATA_EXTENSION_TIME_IN_DAYS": 14}


def check(program: Program) -> Iterator[Hit]:
    streams, graphs = streams_of(program), task_graphs(program)
    settings = _settings(program)
    for stream in streams.streams:
        readings = [r for r in streams.consumers(stream) if r.task is not None]
        intervals = [
            (days, r.task) for r in readings if r.task is not None and (days := _interval(graphs, r.task)) is not None
        ]
        if not intervals or len(intervals) < len(readings):
            continue
        days, task = min(intervals, key=lambda pair: pair[0])
        kept = _kept(stream, settings)
        if days * 2 > kept and days >= 1:
            yield Hit(
                f"{task.label} consumes {stream.label} every {_shown(days)}, but {stream.source} keeps changes for {_shown(kept)}",
                task.step.clause_at("SCHEDULE") if task.is_root else place(readings[0]),
                f"run it more often, or ALTER TABLE {stream.source} SET MAX_DATA_EXTENSION_TIME_IN_DAYS = {min(90, int(days * 2) + 1)}",
                stream.label,
            )


def _shown(days: float) -> str:
    return "day" if days == 1 else f"{days:g} days"


def _interval(graphs: TaskGraphs, task: Task) -> float | None:
    """About how many days lie between two runs of the task's root."""
    roots = graphs.roots(task)
    text = roots[0].properties.get("SCHEDULE", "") if len(roots) == 1 else ""
    if match := _EVERY.match(text):
        return int(match[1]) * _DAYS[match[2].upper()]
    fields = text.upper().split()
    if len(fields) < 7 or fields[:2] != ["USING", "CRON"]:
        return None
    return _cron_days(fields[2:7])


def _cron_days(fields: list[str]) -> float | None:
    _, hour, day, month, weekday = fields
    if month not in {"*", "?"}:
        return 365.0 / _count(month) if _count(month) else None
    if day not in {"*", "?"}:
        return 30.0 / _count(day) if _count(day) else None
    if weekday not in {"*", "?"}:
        return 7.0 / _count(weekday) if _count(weekday) else None
    return 1.0 if re.fullmatch(r"\d+", hour) else 0.1


def _count(field: str) -> int:
    """How many times a field names; 0 where that is not simple."""
    return len(field.split(",")) if re.fullmatch(r"[\w,]+", field) else 0


def _settings(program: Program) -> dict[str, list[tuple[ObjectName, dict[str, int]]]]:
    """What CREATE and ALTER TABLE say about retention, by the last part of the table's name, in order."""
    found: dict[str, list[tuple[ObjectName, dict[str, int]]]] = {}
    for step in program.statements:
        if step.verb in {"CREATE", "ALTER", "DEFINE"} and step.kind == "TABLE" and step.name is not None:
            text = step.statement.text
            given = {
                word: value for word in _DEFAULTS if word in text.upper() and (value := _value(text, word)) is not None
            }
            if given:
                found.setdefault(step.name.last, []).append((step.name, given))
    return found


def _value(text: str, word: str) -> int | None:
    tokens = code(text)
    for i, token in enumerate(tokens[:-2]):
        if token.upper == word and tokens[i + 1].text == "=" and tokens[i + 2].text.isdigit():
            return int(tokens[i + 2].text)
    return None


def _kept(stream: Stream, settings: dict[str, list[tuple[ObjectName, dict[str, int]]]]) -> int:
    given = dict(_DEFAULTS)
    for name, values in settings.get(stream.source.last, ()):
        if same(name, stream.source):
            given |= values
    return max(given.values())


RULE = Rule(
    "SD112", "stream-goes-stale", "warning",
    "A stream that is not consumed within the longer of its table's retention and extension becomes stale: its changes are lost. "
    "Consume it at least twice in that time, or set MAX_DATA_EXTENSION_TIME_IN_DAYS.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY) DATA_RETENTION_TIME_IN_DAYS = 1 MAX_DATA_EXTENSION_TIME_IN_DAYS = 3;
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.SALES (ID NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH
SCHEDULE = 'USING CRON 0 5 * * MON UTC' -- !
WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY) MAX_DATA_EXTENSION_TIME_IN_DAYS = 30;
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER);
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH
SCHEDULE = 'USING CRON 0 5 * * MON UTC'
WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
    source="H12",
)  # fmt: skip
