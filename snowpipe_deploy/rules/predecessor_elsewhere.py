"""A predecessor, or the root of a finalizer, in another schema."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import task_graphs
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for task in task_graphs(program).tasks:
        for word, names in (("AFTER", task.parents), ("FINALIZE", [task.finalizes] if task.finalizes else [])):
            for name in names:
                if _elsewhere(task.name, name):
                    yield Hit(
                        f"{task.label} and {name} are in different schemas: a task graph lies in one",
                        task.step.clause_at(word),
                        f"make the tasks of the graph in one schema; only their bodies may name others: {task.name.parent} or {name.parent}",
                        task.label,
                    )


def _elsewhere(one: ObjectName, other: ObjectName) -> bool:
    """Do both say their schemas, and are these certainly two?"""
    pairs = list(zip(reversed(one.parts[:-1]), reversed(other.parts[:-1]), strict=False))
    return any(a != b for a, b in pairs) and not any("__" in part for pair in pairs for part in pair)


RULE = Rule(
    "SD205", "predecessor-elsewhere", "error",
    "All tasks of a graph must be in one schema: Snowflake refuses a predecessor or a finalized root from another one. Make them "
    "in one schema and let their bodies name the others.",
    check,
    bad="""
CREATE TASK SILVER.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL SILVER.LOAD();
CREATE TASK GOLD.CHILD WAREHOUSE = LOAD_WH AFTER SILVER.ROOT AS CALL GOLD.LOAD(); -- !
""",
    good="""
CREATE TASK OPS.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL SILVER.LOAD();
CREATE TASK OPS.CHILD WAREHOUSE = LOAD_WH AFTER OPS.ROOT AS CALL GOLD.LOAD();
ALTER TASK OPS.CHILD RESUME;
ALTER TASK OPS.ROOT RESUME;
""",
    source="H19",
)  # fmt: skip
