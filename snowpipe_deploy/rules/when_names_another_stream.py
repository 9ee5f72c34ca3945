"""A task whose WHEN asks for a stream that is not the one it consumes."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import Consumption, consumption_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.streams import Stream
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    consumption = consumption_of(program)
    for task in task_graphs(program).tasks:
        watched = consumption.streams.watched(task)
        for name, streams in watched:
            if streams and "__" not in str(name) and (other := _other(consumption, task, streams, watched)) is not None:
                yield Hit(
                    f"{task.label} asks for {streams[0].label}, but consumes {other.label}",
                    task.step.clause_at("WHEN"),
                    f"SYSTEM$STREAM_HAS_DATA('{other.name}')",
                    task.label,
                )


def _other(
    consumption: Consumption, task: Task, streams: list[Stream], watched: list[tuple[ObjectName, list[Stream]]]
) -> Stream | None:  # fmt: skip
    """The stream that is consumed instead, by the task itself and not asked for; None where the named one is consumed below."""
    below = set().union(*(consumption.with_views(t) for t in consumption.below(task)))
    if any(s.step.index in below for s in streams) or not consumption.is_seen_whole(task):
        return None
    asked = {s.step.index for _, all_of in watched for s in all_of}
    return next((s for s in consumption.directly(task) if s.step.index not in asked), None)


RULE = Rule(
    "SD110", "when-names-another-stream", "warning",
    "The name in SYSTEM$STREAM_HAS_DATA is a string that nobody checks when the task is made. "
    "If it names another stream the task is skipped while its own stream fills, or runs for nothing.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE TABLE RAW.CUSTOMERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE STREAM RAW.NEW_CUSTOMERS ON TABLE RAW.CUSTOMERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.SALES (ID NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES'
WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_CUSTOMERS') -- !
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER);
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES'
WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
    source="H10",
)  # fmt: skip
