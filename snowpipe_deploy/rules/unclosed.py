"""A quote or a comment that never ends."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_WORDS = {"'": "text", '"': "quoted name", "$": "$$ body", "/": "comment"}


def check(program: Program) -> Iterator[Hit]:
    for step in program.steps:
        bad = next((t for t in code(step.statement.text) if t.kind == "bad"), None) if step.fault != "prose" else None
        if bad is not None:
            yield Hit(f"this {_WORDS[bad.text[0]]} is never closed", step.at(bad.start), "close it")


RULE = Rule(
    "SD010", "unclosed", "error",
    "Everything behind an open quote or comment belongs to it: no later statement of the file runs.",
    check,
    bad="""
SELECT 'abc FROM RAW.ORDERS; -- !
CREATE TABLE RAW.ITEMS (ID NUMBER);
""",
    good="""
SELECT 'it''s; and $$' AS A;
CREATE TABLE RAW.ITEMS (ID NUMBER);
""",
)  # fmt: skip
