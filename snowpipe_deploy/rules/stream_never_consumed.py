"""A task whose WHEN asks for a stream that it never consumes."""

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
        if (unknown := _unknown(program, consumption, task)) is not None:
            yield _hit(task, unknown)
            continue
        watched = [(name, streams) for name, streams in consumption.streams.watched(task) if streams]
        asked = {s.step.index for _, streams in watched for s in streams}
        if not watched or any(s.step.index not in asked for s in consumption.directly(task)):
            continue
        below = consumption.below(task)
        if not all(consumption.is_seen_whole(t) for t in below):
            continue
        consumed = set().union(*(consumption.with_views(t) for t in below))
        for _, streams in watched:
            if not any(s.step.index in consumed or _is_named(program, below, s) for s in streams):
                yield _hit(task, streams[0].name)


def _unknown(program: Program, consumption: Consumption, task: Task) -> ObjectName | None:
    """A stream that no file makes, and that no consuming statement of the task or of those after it names."""
    names = [name for name, streams in consumption.streams.watched(task) if not streams and "__" not in str(name)]
    below = consumption.below(task)
    if not names or not all(consumption.is_seen_whole(t) for t in below):
        return None
    asked = {name.last for name in names}
    read: set[str] = set()
    for run in (run for t in below for run in program.runs(t.step) if run.inner.consumes):
        for use in run.inner.uses:
            if use.access != "reads" or use.kind != "relation":
                continue
            found = program.find("relation", program.within(run.owner, use.name), run.owner)
            if use.name.last not in asked and (not found or any(m.kind == "VIEW" for m in found)):
                return None  # perhaps a view of it
            read.add(use.name.last)
    return next((name for name in names if name.last not in read), None)


def _is_named(program: Program, tasks: list[Task], stream: Stream) -> bool:
    """Does a consuming statement name it in another way, in another schema perhaps?"""
    runs = [run for task in tasks for run in program.runs(task.step) if run.inner.consumes]
    return any(use.name.last == stream.name.last for run in runs for use in run.inner.uses)


def _hit(task: Task, stream: ObjectName) -> Hit:
    return Hit(
        f"{task.label} runs when stream {ObjectName(stream.parts[-2:])} has rows, but never consumes them: the condition stays true for ever",
        task.step.clause_at("WHEN"),
        f"read {stream} in an INSERT or MERGE; a SELECT does not move it",
        task.label,
    )


RULE = Rule(
    "SD111", "stream-never-consumed", "warning",
    "Only DML moves a stream; after a SELECT its rows are still there, so the task runs again and again. "
    "Consume the stream in the task, at least by an INSERT … WHERE FALSE.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.SALES (ID NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES'
WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS') -- !
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.ORDERS;
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
    source="H11",
)  # fmt: skip
