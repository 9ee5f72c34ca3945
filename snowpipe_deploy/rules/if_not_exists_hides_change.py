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
        key = (step.sequence, step.kind, step.name, detail(step.head))
        if step.verb == "DROP" or (step.verb == "ALTER" and "RENAME" in step.head.rest.upper()):
            made.pop(key, None)
        elif step.creates and step.verb == "CREATE":
            other = made.get(key)
            if other is not None and "IF NOT EXISTS" in step.head.modifiers and _differs(other, step):
                yield Hit(
                    f"{step.label} is there already (line {other.statement.where.line}): IF NOT EXISTS makes this other definition do nothing",
                    step.statement.where, "ALTER it, or correct the first definition", step.label,
                )  # fmt: skip
            made.setdefault(key, step)


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
