"""METADATA$ACTION compared with a word that it never is."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import Tokens
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token
from snowpipe_deploy.sqltext.query import closing

_COLUMN = "METADATA$ACTION"
_COMPARES = frozenset({"=", "<>", "!="})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if _COLUMN not in step.statement.text.upper():
            continue
        body = program.body(step)
        for inner in body.statements if body is not None else ():
            for literal in _compared(inner.tokens):
                if literal.value not in {"INSERT", "DELETE"} and "__" not in literal.value:
                    yield _hit(step, inner, literal)


def _hit(step: Step, inner: Inner, literal: Token) -> Hit:
    known = literal.value.strip().upper()
    hint = (
        f"write '{known}'"
        if known in {"INSERT", "DELETE"}
        else "an update is a DELETE and an INSERT row with METADATA$ISUPDATE"
    )
    return Hit(
        f"METADATA$ACTION is INSERT or DELETE, never {literal.text}",
        step.at(inner.at + literal.start),
        hint,
        step.label,
    )


def _compared(tokens: Tokens) -> Iterator[Token]:
    """The literals with which the column, or an alias of it, is compared."""
    aliases = _aliases(tokens)
    for i, token in enumerate(tokens):
        if token.kind not in {"word", "quoted"}:
            continue
        named = fold(token.text)
        if named == _COLUMN or (named in aliases and _may_be_alias(tokens, i)):
            yield from (literal for literal in _beside(tokens, i) if named == _COLUMN or _is_meant(literal))


def _beside(tokens: Tokens, i: int) -> Iterator[Token]:
    first = i
    while first >= 2 and tokens[first - 1].text == ".":
        first -= 2
    following = [t.upper or t.text for t in tokens[i + 1 : i + 4]]
    if following[:1] and following[0] in _COMPARES and i + 2 < len(tokens) and tokens[i + 2].kind == "string":
        yield tokens[i + 2]
    elif first >= 2 and tokens[first - 1].text in _COMPARES and tokens[first - 2].kind == "string":
        yield tokens[first - 2]
    elif (opening := _list_at(tokens, i + 1)) >= 0:
        yield from (t for t in tokens[opening : closing(tokens, opening)] if t.kind == "string")


def _list_at(tokens: Tokens, at: int) -> int:
    """The parenthesis of IN (…) or NOT IN (…) that stands here, or -1."""
    at += at < len(tokens) and tokens[at].upper == "NOT"
    return at + 1 if at + 1 < len(tokens) and tokens[at].upper == "IN" and tokens[at + 1].text == "(" else -1


def _aliases(tokens: Tokens) -> frozenset[str]:
    """The names given by METADATA$ACTION [AS] name."""
    found = set()
    for i, token in enumerate(tokens[:-2]):
        if token.kind in {"word", "quoted"} and fold(token.text) == _COLUMN and tokens[i + 1].upper == "AS":
            found.add(fold(tokens[i + 2].text))
    return frozenset(found)


def _may_be_alias(tokens: Tokens, i: int) -> bool:
    return i == 0 or tokens[i - 1].upper != "AS"


def _is_meant(literal: Token) -> bool:
    return literal.value.strip().upper() in {"INSERT", "DELETE", "UPDATE"}


RULE = Rule(
    "SD113", "action-in-lower-case", "error",
    "METADATA$ACTION holds INSERT or DELETE in upper case, and strings are compared exactly, so the comparison is never true "
    "(or always). An update comes as a DELETE and an INSERT row that have METADATA$ISUPDATE.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TABLE RAW.SALES (ID NUMBER);
INSERT INTO RAW.SALES (ID)
SELECT ID FROM RAW.ORDER_CHANGES
WHERE METADATA$ACTION = 'insert'; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER);
INSERT INTO RAW.SALES (ID)
SELECT ID FROM RAW.ORDER_CHANGES
WHERE METADATA$ACTION = 'INSERT';
""",
)  # fmt: skip
