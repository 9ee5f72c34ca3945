"""A task that consumes a stream and starts its warehouse without asking whether there is anything."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import consumption_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs, consumption = task_graphs(program), consumption_of(program)
    for task in graphs.tasks:
        if task.finalizes is not None or _is_guarded(graphs, task):
            continue
        if (stream := consumption.any(task)) is not None:
            yield Hit(
                f"{task.label} consumes {stream.label}, but runs whether there are rows or not",
                task.step.statement.where,
                f"WHEN SYSTEM$STREAM_HAS_DATA('{stream.name}')",
                task.label,
            )


def _is_guarded(graphs: TaskGraphs, task: Task) -> bool:
    """Has it a condition, or has a task above it one, or one that no file makes?"""
    above = [task, *graphs.ancestors(task)]
    return any(t.when or _gets_condition(t) or len(graphs.parents(t)) < len(t.parents) for t in above)


def _gets_condition(task: Task) -> bool:
    return any(event.action == "MODIFY" and "WHEN" in event.words for event in task.events)


RULE = Rule(
    "SD109", "stream-task-without-when", "warning",
    "Without a condition the task starts its warehouse at every run, for nothing most of the time. "
    "SYSTEM$STREAM_HAS_DATA in WHEN costs nothing, and keeps an empty stream from growing stale.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.SALES (ID NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES' -- !
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER);
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
    source="H09",
)  # fmt: skip
