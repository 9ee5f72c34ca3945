"""A task that nothing starts: no schedule, no predecessor, no stream."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.analysis.task_states import starts
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    started = starts(program)
    for task in task_graphs(program).tasks:
        if _nothing(task) and task.step.index not in started.executed and not started.unknown(task):
            yield Hit(
                f"{task.label} has no SCHEDULE, no AFTER and no stream in WHEN: only EXECUTE TASK runs it, and nothing does that",
                task.step.at(),
                "add SCHEDULE = …, AFTER …, or EXECUTE TASK",
                task.label,
            )


def _nothing(task: Task) -> bool:
    known = not task.step.head.stray and "CLONE" not in task.properties and "__" not in task.name.last
    removed = any(event.action in {"REMOVE AFTER", "UNSET"} for event in task.events)
    return known and not removed and task.is_root and "SCHEDULE" not in task.properties and not task.is_triggered


RULE = Rule(
    "SD225", "task-never-starts", "warning",
    "A task runs by its schedule, after another task, by a stream in its WHEN, or by EXECUTE TASK. With none of these it never runs.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH AS CALL RAW.EXTRACT(); -- !
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH AS CALL RAW.EXTRACT();
EXECUTE TASK RAW.LOAD;
""",
)  # fmt: skip
