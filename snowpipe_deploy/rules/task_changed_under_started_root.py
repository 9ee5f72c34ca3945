"""A task that is made or changed while the root of its graph is started."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_states import Change, changes
from snowpipe_deploy.rule import Hit, Rule

_DOES = {"CREATE": "made", "DROP": "dropped", "SUSPEND": "suspended"}


def check(program: Program) -> Iterator[Hit]:
    created = {step.index for step in program.statements if step.creates and step.kind == "TASK"}
    made = {(program.steps[i].sequence, program.steps[i].name) for i in created}
    for change in changes(program):
        if change.action == "RESUME" or (change.first and change.known and (change.step.sequence, change.root) in made):
            continue  # the root is resumed too early, which is a rule of its own
        yield _hit(change)


def _hit(change: Change) -> Hit:
    line = change.resumed.statement.where.line
    done = _DOES.get(change.action, "changed")
    return Hit(
        f"task {change.name} is {done} while its root {change.root} is started (line {line}): error 091421",
        change.step.statement.where,
        f"put ALTER TASK {change.root} SUSPEND before it, and RESUME after it",
        f"task {change.name}",
        "error" if change.known and change.action != "DROP" else "warning",
    )


RULE = Rule(
    "SD201", "task-changed-under-started-root", "error",
    "While the root of a graph is started, Snowflake refuses to make, alter or suspend any task of the graph (error 091421). "
    "Suspend the root first, and resume it at the end.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
ALTER TASK RAW.CHILD SET USER_TASK_TIMEOUT_MS = 60000; -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
ALTER TASK RAW.ROOT SUSPEND;
ALTER TASK RAW.CHILD SET USER_TASK_TIMEOUT_MS = 60000;
ALTER TASK RAW.ROOT RESUME;
""",
    for_scripts=True,
    source="H16",
)  # fmt: skip
