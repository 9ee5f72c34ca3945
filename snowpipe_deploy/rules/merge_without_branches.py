"""A MERGE that says what to compare and not what to do."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.tables import merges
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for step, inner, merge in merges(program):
        if not merge.branches and step.fault == "" and not inner.has("WHEN"):
            yield Hit(
                f"the MERGE into {merge.target} has no WHEN: it cannot run",
                step.at(inner.at),
                "add WHEN MATCHED or WHEN NOT MATCHED",
                step.label,
            )


RULE = Rule(
    "SD307", "merge-without-branches", "error",
    "A MERGE needs at least one WHEN MATCHED or WHEN NOT MATCHED; without one it is a syntax error.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE TABLE RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY);
MERGE INTO RAW.SALES AS D USING RAW.ORDERS AS S ON D.ID = S.ID; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY);
MERGE INTO RAW.SALES AS D USING RAW.ORDERS AS S ON D.ID = S.ID
WHEN NOT MATCHED THEN INSERT (ID) VALUES (S.ID);
""",
)  # fmt: skip
