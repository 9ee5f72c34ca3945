"""GRANT OWNERSHIP of a single task."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb != "GRANT":
            continue
        words = [token.upper for token in code(step.statement.text)[:4]]
        if words == ["GRANT", "OWNERSHIP", "ON", "TASK"]:
            name = next((str(use.name) for use in program.uses(step) if use.kind == "TASK"), "the task")
            yield Hit(
                f"GRANT OWNERSHIP on {name} suspends it and cuts its links to predecessors and children",
                step.at(),
                "suspend the root, GRANT OWNERSHIP ON ALL TASKS IN SCHEMA …, and resume the graph",
                f"task {name}",
            )


RULE = Rule(
    "SD218", "ownership-of-task", "warning",
    "A new owner of one task loses its links and suspends it, and all tasks of a graph must have one owner. Grant all tasks of the "
    "schema at once, with the roots suspended, and resume them.",
    check,
    bad="""
GRANT OWNERSHIP ON TASK RAW.LOAD TO ROLE LOADER; -- !
""",
    good="""
GRANT OWNERSHIP ON ALL TASKS IN SCHEMA RAW TO ROLE LOADER COPY CURRENT GRANTS;
""",
    source="H59",
)  # fmt: skip
