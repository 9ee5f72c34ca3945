"""Text between statements that is no SQL."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for step in program.steps:
        if step.fault == "prose":
            shown = " ".join(step.statement.text.split())[:60]
            yield Hit(
                f"this is no statement: {shown!r}", step.statement.where, "make it a comment with -- or take it out"
            )


RULE = Rule(
    "SD008", "stray-text", "error",
    "Text between statements is sent to Snowflake as a statement, and fails; what follows it in the same file never runs.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
Step 2: load the file -- !
INSERT INTO RAW.ORDERS (ID) SELECT 1;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
-- Step 2: load the file
INSERT INTO RAW.ORDERS (ID) SELECT 1;
""",
)  # fmt: skip
