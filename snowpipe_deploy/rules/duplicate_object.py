"""Two statements that make the same object."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step, detail
from snowpipe_deploy.analysis.uses import RELATIONS
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    """In a project each object is made once; in scripts only two kinds under one name cannot both be meant."""
    first: dict[object, Step] = {}
    for step in program.statements:
        if not step.creates or step.name is None or "TEMPORARY" in step.head.modifiers:
            continue
        space = "relation" if step.kind in RELATIONS else step.kind
        where = "" if program.in_project else step.path
        other = first.setdefault((space, step.name, detail(step.head), where), step)
        if other is not step and (program.in_project or (other.kind != step.kind and program.before(other, step))):
            message = f"{_called(step)} is also made as {_called(other)} at {other.statement.where}"
            yield Hit(message, step.statement.where, "keep one of the two", step.label)
            if not program.in_project:
                first[space, step.name, detail(step.head), where] = step


def _called(step: Step) -> str:
    return f"{step.label}{detail(step.head)}"


RULE = Rule(
    "SD702", "duplicate-object", "error",
    "Tables, views and dynamic tables share one namespace, so one name cannot be two of them; overloads of a routine are told apart "
    "by their argument types.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE VIEW RAW.ORDERS AS SELECT 1 AS ID; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE VIEW RAW.ALL_ORDERS AS SELECT ID FROM RAW.ORDERS;
""",
)  # fmt: skip
