"""A statement that needs an object which is made only below it."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Made, Program, Step
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import Use

_VERBS = frozenset(
    {"ALTER", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "GRANT", "CALL", "DROP", "EXECUTE"}
)
_NEED_ALL = frozenset({"VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW", "TABLE", "STREAM", "PIPE"})
_KINDS = frozenset({"relation", "STREAM", "TASK", "PROCEDURE", "STAGE", "PIPE"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if "IF EXISTS" in step.head.modifiers or _ends_old_state(step):
            continue
        told: set[str] = set()
        for use in program.uses(step):
            if (
                use.kind in _KINDS
                and use.name.last not in told
                and _needed(step, use)
                and (made := _only_later(program, step, use))
            ):
                told.add(use.name.last)
                yield Hit(
                    f"{step.label} needs {use.name}, which is made only at {made.step.statement.where}", step.at(use.at),
                    f"move CREATE {made.kind} in front of it", step.label, _severity(step, made),
                )  # fmt: skip


def _ends_old_state(step: Step) -> bool:
    """ALTER … SUSPEND before a task is made again, and the like."""
    return step.verb == "ALTER" and any(
        word in step.head.rest.upper() for word in ("SUSPEND", "PAUSED", "RENAME", "SWAP")
    )


def _needed(step: Step, use: Use) -> bool:
    if step.verb in _VERBS:
        return True
    if not step.creates or use.name == step.name or "IF NOT EXISTS" in step.head.modifiers:
        return False
    return step.kind in _NEED_ALL or (step.kind == "TASK" and use.kind == "TASK" and use.at < (step.head.body_at or 1))


def _only_later(program: Program, step: Step, use: Use) -> Made | None:
    """The first statement that makes it, where all that do certainly follow."""
    kinds = ("relation", "STREAM") if use.kind in {"relation", "STREAM"} else (use.kind,)
    found = [made for kind in kinds for made in program.find(kind, use.name, step)]
    if not found or any(
        made.inside or not program.before(step, made.step) or not _ordered(step, made.step) for made in found
    ):
        return None
    first = min(found, key=lambda made: made.step.index)
    circle = step.creates and any(use.name == step.name for use in program.uses(first.step))
    return None if circle else first


def _ordered(one: Step, other: Step) -> bool:
    """The same file, or files whose names have different numbers: those of one number have no order that counts."""
    numbers = [re.findall(r"\d+(?:[._]\d+)*", step.path.rpartition("/")[2])[:1] for step in (one, other)]
    return one.path == other.path or numbers[0] != numbers[1]


def _severity(step: Step, made: Made) -> Severity:
    plain = not made.step.head.modifiers & {"OR REPLACE", "IF NOT EXISTS", "OR ALTER", "TEMPORARY"}
    return (
        "error"
        if plain and step.verb != "DROP" and made.step.verb == "CREATE" and made.step.path == step.path
        else "warning"
    )


RULE = Rule(
    "SD802", "used-before-created", "error",
    "Statements run from top to bottom: what is altered, filled, granted or selected from must have been made above. On an empty"
    " account the script fails there.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE VIEW DWH.ITEMS AS SELECT ID FROM RAW.ITEMS; -- !
ALTER TABLE RAW.ITEMS ADD COLUMN NOTE VARCHAR; -- !
CREATE TABLE RAW.ITEMS (ID NUMBER);
""",
    good="""
CREATE TABLE RAW.ITEMS (ID NUMBER);
ALTER TABLE RAW.ITEMS ADD COLUMN NOTE VARCHAR;
CREATE VIEW DWH.ITEMS AS SELECT ID FROM RAW.ITEMS;
""",
    for_scripts=True,
    source="issue 4",
)  # fmt: skip
