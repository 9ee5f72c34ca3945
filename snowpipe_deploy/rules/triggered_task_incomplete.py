"""A triggered task that lacks what such tasks must have, or whose stream cannot trigger."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for task in task_graphs(program).tasks:
        if not task.is_triggered or task.step.head.stray or "CLONE" in task.properties:
            continue
        if "WAREHOUSE" not in task.properties and "TARGET_COMPLETION_INTERVAL" not in task.properties:
            yield Hit(
                f"{task.label} is triggered by its stream and has no WAREHOUSE: then TARGET_COMPLETION_INTERVAL is required",
                task.step.at(),
                "add WAREHOUSE = …, or TARGET_COMPLETION_INTERVAL = '5 MINUTES'",
                task.label,
            )
        yield from _sources(program, task)


def _sources(program: Program, task: Task) -> Iterator[Hit]:
    for name, streams in streams_of(program).watched(task):
        kinds = [kind for stream in streams if (kind := _cannot(program, stream))]
        if kinds and len(kinds) == len(streams):
            yield Hit(
                f"{task.label} is triggered by {name}, a stream on {kinds[0]}: such streams trigger nothing",
                task.step.clause_at("WHEN"),
                "give the task a SCHEDULE",
                task.label,
            )


def _cannot(program: Program, stream: Stream) -> str:
    if stream.source_kind == "EXTERNAL TABLE":
        return "an external table"
    made = program.find("relation", stream.source, stream.step)
    if made and all(m.kind == "HYBRID TABLE" for m in made):
        return "a hybrid table"
    return ""


RULE = Rule(
    "SD212", "triggered-task-incomplete", "error",
    "A task without schedule that a stream triggers needs a warehouse or, serverless, TARGET_COMPLETION_INTERVAL. Streams on "
    "external and hybrid tables trigger nothing.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE STREAM RAW.ORDERS_NEW ON TABLE RAW.ORDERS;
CREATE TASK RAW.LOAD WHEN SYSTEM$STREAM_HAS_DATA('RAW.ORDERS_NEW') AS CALL RAW.LOAD_ORDERS(); -- !
""",
    good="""
CREATE STREAM RAW.ORDERS_NEW ON TABLE RAW.ORDERS;
CREATE TASK RAW.LOAD TARGET_COMPLETION_INTERVAL = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.ORDERS_NEW')
AS CALL RAW.LOAD_ORDERS();
ALTER TASK RAW.LOAD RESUME;
""",
    source="H26",
)  # fmt: skip
