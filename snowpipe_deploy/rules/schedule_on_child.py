"""A task with a predecessor and a schedule of its own."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.analysis.task_states import single
from snowpipe_deploy.location import Location
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs = task_graphs(program)
    for task in graphs.tasks:
        where = _where(graphs, task)
        if where is not None:
            yield Hit(
                f"{task.label} has a predecessor and a SCHEDULE: only the root of a graph is scheduled",
                where,
                "take SCHEDULE out, or AFTER",
                task.label,
            )


def _where(graphs: TaskGraphs, task: Task) -> Location | None:
    clauses = task.step.head.clauses
    if "AFTER" in clauses and "SCHEDULE" in clauses:
        return task.step.clause_at("SCHEDULE")
    if not task.parents or "SCHEDULE" not in task.properties or not single(graphs, task):
        return None
    gave = [e.step for e in task.events if e.action == "ADD AFTER" or (e.action == "SET" and "SCHEDULE" in e.words)]
    return gave[-1].at() if gave else None


RULE = Rule(
    "SD207", "schedule-on-child", "error",
    "AFTER and SCHEDULE exclude each other: Snowflake refuses the statement. A child runs when its predecessors have finished; "
    "only the root has a schedule.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AFTER RAW.ROOT AS CALL RAW.LOAD(); -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
    source="H21",
)  # fmt: skip
