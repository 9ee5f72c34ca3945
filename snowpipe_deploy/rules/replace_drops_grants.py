"""CREATE OR REPLACE of an object that was granted above, without the grants."""

from collections.abc import Iterator
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.uses import RELATIONS
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_KINDS = RELATIONS | {"PROCEDURE", "FUNCTION", "STAGE", "SEQUENCE", "FILE FORMAT", "STREAM", "TASK", "PIPE"}


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if (
            not step.creates
            or step.kind not in _KINDS
            or "OR REPLACE" not in step.head.modifiers
            or "COPY GRANTS" in step.head.clauses
        ):
            continue
        grants = [
            g for g in _grants(program).get(step.name.last if step.name else "", []) if g.sequence == step.sequence
        ]
        above = [g for g in grants if g.index < step.index]
        if above and len(above) == len(grants) and not _future(program):
            line = above[-1].statement.where.line
            yield Hit(
                f"{step.label} loses the privileges that line {line} granted", step.statement.where,
                "add COPY GRANTS, or grant below it", step.label,
            )  # fmt: skip


@lru_cache(maxsize=4)
def _grants(program: Program) -> dict[str, list[Step]]:
    """GRANT … ON one object, by the last part of its name."""
    found: dict[str, list[Step]] = {}
    for step in program.statements:
        for use in program.uses(step) if step.verb == "GRANT" else ():
            name: ObjectName = use.name
            if use.access == "grants":
                found.setdefault(name.last, []).append(step)
    return found


@lru_cache(maxsize=4)
def _future(program: Program) -> bool:
    return any(
        step.verb == "GRANT" and any(t.upper == "FUTURE" for t in code(step.statement.text))
        for step in program.statements
    )


RULE = Rule(
    "SD807", "replace-drops-grants", "warning",
    "A replaced object is a new one: what was granted on the old one is gone, and its readers get errors. Use COPY GRANTS, or grant"
    " behind it.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE VIEW IF NOT EXISTS MART.ORDERS AS SELECT ID FROM RAW.ORDERS;
GRANT SELECT ON VIEW MART.ORDERS TO ROLE READER;
CREATE OR REPLACE VIEW MART.ORDERS AS SELECT ID, 1 AS ONE FROM RAW.ORDERS; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE VIEW IF NOT EXISTS MART.ORDERS AS SELECT ID FROM RAW.ORDERS;
GRANT SELECT ON VIEW MART.ORDERS TO ROLE READER;
CREATE OR REPLACE VIEW MART.ORDERS COPY GRANTS AS SELECT ID, 1 AS ONE FROM RAW.ORDERS;
""",
    for_scripts=True,
    source="H60",
)  # fmt: skip
