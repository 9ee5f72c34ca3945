"""A task without warehouse that does not say that it is serverless, or that says both."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.rule import Hit, Rule

_SERVERLESS = (
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE", "TARGET_COMPLETION_INTERVAL", "SERVERLESS_TASK_MIN_STATEMENT_SIZE",
    "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
)  # fmt: skip


def check(program: Program) -> Iterator[Hit]:
    for task in task_graphs(program).tasks:
        if "WAREHOUSE" in task.step.head.clauses:
            yield from _both(task)
        elif not _excused(task):
            yield Hit(
                f"{task.label} names no WAREHOUSE: it runs serverless, which is billed apart and needs EXECUTE MANAGED TASK",
                task.step.at(),
                "add WAREHOUSE = …, or say USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'",
                task.label,
            )


def _both(task: Task) -> Iterator[Hit]:
    for word in _SERVERLESS[:2]:
        if word in task.step.head.clauses:
            message = f"{task.label} has both WAREHOUSE and {word}: Snowflake refuses it"
            yield Hit(message, task.step.clause_at(word), f"take {word} out, or WAREHOUSE", task.label, "error")


def _excused(task: Task) -> bool:
    said = {"WAREHOUSE", "CLONE", *_SERVERLESS} & set(task.properties)
    # of a triggered task without TARGET_COMPLETION_INTERVAL another rule speaks, and worse
    return bool(said) or bool(task.step.head.stray) or task.is_triggered


RULE = Rule(
    "SD210", "task-without-warehouse", "warning",
    "A task without WAREHOUSE is serverless: another bill, another privilege, often by accident. Name a warehouse, or say the "
    "serverless size; both together are refused.",
    check,
    bad="""
CREATE TASK RAW.ROOT SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.ROOT USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
    source="H24",
)  # fmt: skip
