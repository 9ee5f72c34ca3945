"""CREATE OR REPLACE of a task whose children were made above it."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.analysis.task_states import children
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs, links = task_graphs(program), children(program)
    for task in graphs.tasks:
        if "OR REPLACE" not in task.step.head.modifiers:
            continue
        below = {c.step.index: c for made in graphs.find(task.name, task.step) for c in links.get(made.step.index, ())}
        lost = [child for child in below.values() if child is not task and _loses(program, graphs, task, child)]
        if lost:
            names = ", ".join(dict.fromkeys(str(child.step.head.name) for child in lost))
            yield Hit(
                f"{task.label} is replaced after its children {names} were made: they lose their predecessor",
                task.step.at(),
                f"make it before them, use CREATE OR ALTER, or ALTER TASK … ADD AFTER {task.step.head.name} again",
                task.label,
            )


def _loses(program: Program, graphs: TaskGraphs, parent: Task, child: Task) -> bool:
    """Was the child made before the parent, and is nothing done about it later?"""
    if not program.before(child.step, parent.step):
        return False
    again = [made.step for made in graphs.find(child.name, child.step)]
    again += [event.step for event in child.events if event.action == "ADD AFTER"]
    return not any(program.before(parent.step, step) for step in again)


RULE = Rule(
    "SD219", "parent-task-replaced", "warning",
    "A replaced task is a new one, and the tasks that ran after the old one may lose their predecessor. Use CREATE OR ALTER, or link "
    "the children again.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
CREATE OR REPLACE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '9 MINUTES' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
CREATE OR ALTER TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '9 MINUTES' AS CALL RAW.EXTRACT();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
    for_scripts=True,
    source="H61",
)  # fmt: skip
