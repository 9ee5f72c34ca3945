"""CREATE OR ALTER TABLE that drops one column and adds another: a rename that loses the values."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.fields import Field, declared
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    last: dict[object, Step] = {}
    for step in program.statements:
        if not step.creates or step.kind != "TABLE" or not step.head.arguments:
            continue
        key = (step.sequence, step.name)
        other = last.get(key)
        if other is not None and "OR ALTER" in step.head.modifiers:
            yield from _compared(other, step)
        last[key] = step


def _compared(one: Step, other: Step) -> Iterator[Hit]:
    before, after = declared(one.head.arguments or ""), declared(other.head.arguments or "")
    gone = [f for f in before if f.name not in {a.name for a in after}]
    new = [f for f in after if f.name not in {b.name for b in before}]
    where, label = other.statement.where, other.label
    if len(gone) == len(new) == 1 and gone[0].type == new[0].type:
        message = f"{label} drops {gone[0].name} with its values and adds {new[0].name} empty"
        yield Hit(message, where, f"ALTER TABLE … RENAME COLUMN {gone[0].name} TO {new[0].name} first", label)
    elif new and not gone and not _at_end(after, new):
        yield Hit(f"{label} adds {new[0].name} between others; new columns go to the end", where, "put it last", label)
    elif gone:
        names = ", ".join(f.name for f in gone)
        yield Hit(
            f"{label} drops {names} with all values",
            where,
            "keep the column, or drop it with ALTER TABLE on purpose",
            label,
            "warning",
        )


def _at_end(after: tuple[Field, ...], new: list[Field]) -> bool:
    return [f.name for f in after[len(after) - len(new) :]] == [f.name for f in new]


RULE = Rule(
    "SD805", "create-or-alter-renames", "error",
    "CREATE OR ALTER knows columns by name only: one that is missing is dropped with its values, one that is new is added empty, and"
    " only at the end. Rename with ALTER TABLE.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.CUSTOMERS (ID NUMBER, NAME VARCHAR);
CREATE OR ALTER TABLE RAW.CUSTOMERS (ID NUMBER, FULL_NAME VARCHAR); -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.CUSTOMERS (ID NUMBER, NAME VARCHAR);
CREATE OR ALTER TABLE RAW.CUSTOMERS (ID NUMBER, NAME VARCHAR, CITY VARCHAR);
""",
    for_scripts=True,
    source="H57",
)  # fmt: skip
