"""A child task that stays suspended although its graph runs."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.analysis.task_states import Starts, starts
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs, started = task_graphs(program), starts(program)
    for task in graphs.tasks:
        if task.is_root or task.step.index in started.resumed or started.unknown(task) or "__" in task.name.last:
            continue
        severity = _severity(started, graphs.roots(task))
        if severity is not None:
            what = "finalizer" if task.finalizes is not None else "child"
            yield Hit(
                f"{what} {task.label} is never resumed: it is created suspended, and its graph runs without it",
                task.step.at(),
                f"add ALTER TASK {task.step.head.name} RESUME before the root is resumed",
                task.label,
                severity,
            )


def _severity(started: Starts, roots: list[Task]) -> Severity | None:
    """An error where the graph is started; of a root that is never started another rule speaks."""
    if not roots:
        return "warning"
    if any(root.step.index in started.resumed for root in roots):
        return "error"
    return "warning" if any(root.step.index in started.executed for root in roots) else None


RULE = Rule(
    "SD202", "child-never-resumed", "error",
    "A task is created suspended, and a suspended child is skipped as if it had succeeded, so the run is green and its work is "
    "missing. Resume every child before the root.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD(); -- !
ALTER TASK RAW.ROOT RESUME;
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
""",
    for_scripts=True,
    source="H17",
)  # fmt: skip
