"""A second definition that IF NOT EXISTS turns into nothing."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step, detail
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import normalized


def check(program: Program) -> Iterator[Hit]:
    made: dict[object, Step] = {}
    for step in program.statements:
        if step.name is None:
            continue
        key = (step.path.rpartition("/")[0], step.kind, step.name, detail(step.head))
        if step.verb == "DROP" or (step.verb == "ALTER" and "RENAME" in step.head.rest.upper()):
            made.pop(key, None)
        elif step.creates and step.verb == "CREATE":
            other = made.setdefault(key, step)
            if other is not step and _skipped(program, other, step) and _differs(other, step):
                yield Hit(
                    f"{step.label} is made at {other.statement.where} already: IF NOT EXISTS makes this other definition do nothing",
                    step.statement.where, "ALTER it, or keep one of the two definitions", step.label,
                )  # fmt: skip


def _skipped(program: Program, one: Step, other: Step) -> bool:
    """Does the second do nothing? Where the order is open, one of the two does nothing if both have IF NOT EXISTS."""
    if "IF NOT EXISTS" not in other.head.modifiers or not _behind_name(other).strip():
        return False
    return program.before(one, other) or "IF NOT EXISTS" in one.head.modifiers


def _differs(one: Step, other: Step) -> bool:
    return normalized(_behind_name(one)) != normalized(_behind_name(other))


def _behind_name(step: Step) -> str:
    return step.statement.text[step.head.name_end :].rstrip().rstrip(";")


RULE = Rule(
    "SD803", "if-not-exists-hides-change", "warning",
    "IF NOT EXISTS looks at the name only: where the object exists, a changed definition is skipped without an error, and the change is"
    " never made.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER, NOTE VARCHAR); -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
ALTER TABLE RAW.ORDERS ADD COLUMN IF NOT EXISTS NOTE VARCHAR;
""",
    for_scripts=True,
    source="issue 4",
)  # fmt: skip
