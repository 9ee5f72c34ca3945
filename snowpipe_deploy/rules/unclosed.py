"""A quote, a comment or a parenthesis that never ends."""

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
        elif step.fault not in {"prose", "client"} and (at := _open_at(step.statement.text)) >= 0:
            yield Hit("this parenthesis is never closed", step.at(at), "close it", step.label)


def _open_at(text: str) -> int:
    """Where the outermost parenthesis opens that is not closed again; -1 where all are."""
    if text.count("(") <= text.count(")"):
        return -1
    opened: list[int] = []
    for token in code(text):
        if token.text == "(":
            opened.append(token.start)
        elif token.text == ")" and opened:
            opened.pop()
    return opened[0] if opened else -1


RULE = Rule(
    "SD010", "unclosed", "error",
    "Everything behind an open quote, comment or parenthesis belongs to it: no later statement of the file runs.",
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
