"""Characters that look like SQL and are none: the quotes of word processors, and == of other languages."""

from collections.abc import Iterator
from itertools import pairwise

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_QUOTES = "\u2018\u2019\u201c\u201d"


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        text = step.statement.text
        tokens = code(text) if "==" in text or any(quote in text for quote in _QUOTES) else ()
        quote = next((t for t in tokens if t.kind == "symbol" and t.text in _QUOTES), None)
        if quote is not None:
            yield Hit(f"{quote.text} is no quote of SQL", step.at(quote.start), "type ' or \"", step.label)
        twice = next((a for a, b in pairwise(tokens) if a.text == b.text == "=" and a.end == b.start), None)
        if twice is not None:
            yield Hit("== is no operator of SQL", step.at(twice.start), "write =", step.label)


RULE = Rule(
    "SD014", "typographic-quote", "error",
    "Quotes that a word processor or a web page made, and the == of other languages, are syntax errors.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, NAME VARCHAR);
DELETE FROM SHOP.RAW.PEOPLE WHERE NAME = \u2018x\u2019; -- !
DELETE FROM RAW.ORDERS WHERE ID == 1; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, NAME VARCHAR);
DELETE FROM RAW.ORDERS WHERE NAME = 'the \u2018x\u2019 == "y"';
""",
)  # fmt: skip
