"""CREATE that fails when the script runs again, or that fails at once because the object is there."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step, detail
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule

_REPEATS = frozenset({"OR REPLACE", "IF NOT EXISTS", "OR ALTER"})
_VERSIONED = re.compile(r"^(v\d|\d+[_.-])", re.IGNORECASE)
_PASSING = frozenset({"TEMPORARY"})


def check(program: Program) -> Iterator[Hit]:
    repeatable = _share_of_repeatable(program)
    made: dict[object, Step] = {}
    for step in program.statements:
        if step.name is None or not (step.creates or step.verb in {"DROP", "ALTER"}):
            continue
        key = (step.sequence, step.kind, step.name, detail(step.head))
        if not step.creates:
            if step.verb == "DROP" or " RENAME " in f" {step.head.rest.upper()} ":
                made.pop(key, None)
                made[(*key, "dropped")] = step
            continue
        yield from _judged(step, made.get(key), (*key, "dropped") in made, repeatable.get(step.path, 0.0))
        made[key] = step


def _share_of_repeatable(program: Program) -> dict[str, float]:
    """For every file the share of its CREATE statements that can run again."""
    counts: dict[str, list[bool]] = {}
    for step in program.statements:
        if step.creates and step.verb == "CREATE" and not step.head.modifiers & _PASSING:
            counts.setdefault(step.path, []).append(bool(step.head.modifiers & _REPEATS))
    return {path: sum(found) / len(found) for path, found in counts.items()}


def _judged(step: Step, other: Step | None, dropped: bool, share: float) -> Iterator[Hit]:
    if step.verb != "CREATE" or step.head.modifiers & (_REPEATS | _PASSING) or "__" in str(step.name):
        return
    if other is not None and other.path == step.path:
        yield Hit(
            f"{step.label} is made a second time; the first time in line {other.statement.where.line}", step.statement.where,
            "keep one of the two, or CREATE OR REPLACE", step.label, "error",
        )  # fmt: skip
    elif not dropped and share > 0 and not _VERSIONED.match(step.path.rpartition("/")[2]):
        severity: Severity = "warning" if share > 0.5 else "info"
        yield Hit(
            f"{step.label} fails when this file runs again: it is there already", step.statement.where,
            f"CREATE {step.kind} IF NOT EXISTS, OR REPLACE or OR ALTER, as the others of this file", step.label, severity,
        )  # fmt: skip


RULE = Rule(
    "SD801", "create-not-repeatable", "warning",
    "A plain CREATE fails when its object exists, so that a script runs only once, and a file with two of them not even once."
    " Use IF NOT EXISTS, OR ALTER, or OR REPLACE where nothing is lost.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.ITEMS (ID NUMBER);
CREATE TABLE RAW.CUSTOMERS (ID NUMBER); -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.ITEMS (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.CUSTOMERS (ID NUMBER);
""",
    for_scripts=True,
    source="issue 4",
)  # fmt: skip
