"""A finalizer that cannot be one."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.analysis.task_states import single
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs = task_graphs(program)
    finalizers: dict[int, list[Task]] = {}
    for task in graphs.tasks:
        if "FINALIZE" in task.step.head.clauses:
            yield from _own(task)
            yield from _target(graphs, task, finalizers)
        if "AFTER" in task.step.head.clauses:
            yield from _after(graphs, task)


def _own(task: Task) -> Iterator[Hit]:
    for word in ("SCHEDULE", "AFTER"):
        if word in task.step.head.clauses:
            yield Hit(
                f"finalizer {task.label} has {word}: it runs when its graph has ended, and by nothing else",
                task.step.clause_at(word),
                f"take {word} out",
                task.label,
            )


def _target(graphs: TaskGraphs, task: Task, finalizers: dict[int, list[Task]]) -> Iterator[Hit]:
    """What it finalizes must be a root, and have no other finalizer."""
    found = graphs.find(task.finalizes, task.step) if task.finalizes is not None else []
    if len(found) != 1 or not single(graphs, task):
        return
    root, others = found[0], finalizers.setdefault(found[0].step.index, [])
    if "AFTER" in root.step.head.clauses and root.parents:
        hint = "finalize the root of the graph"
        yield Hit(
            f"{task.label} finalizes {root.label}, which has a predecessor",
            task.step.clause_at("FINALIZE"),
            hint,
            task.label,
        )
    if others:
        message = f"{task.label} is the second finalizer of {root.label}, after {others[0].step.head.name}"
        yield Hit(message, task.step.clause_at("FINALIZE"), "put both bodies into one finalizer", task.label)
    others.append(task)


def _after(graphs: TaskGraphs, task: Task) -> Iterator[Hit]:
    for name in task.parents:
        found = graphs.find(name, task.step)
        if len(found) == 1 and found[0].finalizes is not None:
            message = f"{task.label} runs after the finalizer {found[0].step.head.name}, which can have no children"
            yield Hit(message, task.step.clause_at("AFTER"), "put its body into the finalizer", task.label)


RULE = Rule(
    "SD208", "finalizer-misuse", "error",
    "A root has at most one finalizer, and a finalizer has no schedule, no predecessor and no children: Snowflake refuses "
    "anything else.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CLEANUP WAREHOUSE = LOAD_WH SCHEDULE = '1 HOUR' FINALIZE = RAW.ROOT AS CALL RAW.CLEAN(); -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CLEANUP WAREHOUSE = LOAD_WH FINALIZE = RAW.ROOT AS CALL RAW.CLEAN();
ALTER TASK RAW.CLEANUP RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
    source="H22",
)  # fmt: skip
