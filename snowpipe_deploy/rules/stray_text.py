"""Text between statements that is no SQL."""

import difflib
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.head import KINDS


def check(program: Program) -> Iterator[Hit]:
    for step in program.steps:
        if step.fault == "prose":
            shown = " ".join(step.statement.text.split())[:60]
            yield Hit(f"this is no statement: {shown!r}", step.statement.where, _hint(step.statement.text))


def _hint(text: str) -> str:
    """What was meant by `CREATE VEIW`; prose is best made a comment."""
    words = text.upper().split()[:2]
    if len(words) == 2 and words[0] in {"CREATE", "ALTER", "DROP", "SHOW"}:
        close = difflib.get_close_matches(words[1], sorted({kind.split()[0] for kind in KINDS}), 1, 0.7)
        if close:
            return f"did you mean {words[0]} {close[0]}?"
    return "make it a comment with -- or take it out"


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
