"""CREATE OR ALTER TASK without clauses that the task had: they are unset."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule

_KEPT = ("COMMENT", "TAG", "WITH TAG", "WITH CONTACT", "COPY GRANTS", "LOG_LEVEL")
_INSTEAD = {
    "WAREHOUSE": ("USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE",),
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE": ("WAREHOUSE",),
    "SCHEDULE": ("AFTER", "FINALIZE"),
    "AFTER": ("SCHEDULE", "FINALIZE"),
    "ALLOW_OVERLAPPING_EXECUTION": ("OVERLAP_POLICY", "AFTER"),
}
_VITAL = frozenset({"WAREHOUSE", "SCHEDULE", "AFTER"})


def check(program: Program) -> Iterator[Hit]:
    last: dict[tuple[int, ObjectName], Task] = {}
    for task in task_graphs(program).tasks:
        key = task.step.sequence, task.name
        earlier, last[key] = last.get(key), task
        if (
            earlier is None
            or "OR ALTER" not in task.step.head.modifiers
            or task.step.head.stray
            or "CLONE" in task.step.head.clauses
        ):
            continue
        if not _dropped(program, earlier.step, task.step):
            yield from _lost(earlier, task)


def _lost(earlier: Task, task: Task) -> Iterator[Hit]:
    lost = [word for word in earlier.step.head.clauses if _loses(task, word)]
    if lost:
        yield Hit(
            f"CREATE OR ALTER of {task.label} leaves out {', '.join(lost)}, which line {earlier.step.statement.where.line} "
            f"({earlier.step.path}) has set: what is left out is unset",
            task.step.at(),
            f"state {', '.join(lost)} again",
            task.label,
            "error" if _VITAL & set(lost) else "warning",
        )


def _loses(task: Task, word: str) -> bool:
    there = {*task.step.head.clauses, *task.properties}
    return word not in _KEPT and word not in there and not (set(_INSTEAD.get(word, ())) & there)


def _dropped(program: Program, one: Step, other: Step) -> bool:
    between = program.steps[one.index : other.index]
    return any(step.verb == "DROP" and step.kind == "TASK" and step.name == other.name for step in between)


RULE = Rule(
    "SD211", "create-or-alter-drops-properties", "error",
    "CREATE OR ALTER unsets every clause that it leaves out: without WAREHOUSE the task becomes serverless, without SCHEDULE it "
    "never runs again. State the whole task each time.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE OR ALTER TASK RAW.LOAD AS CALL RAW.EXTRACT_ALL(); -- !
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT_ALL();
ALTER TASK RAW.LOAD RESUME;
""",
    for_scripts=True,
    source="H25",
)  # fmt: skip
