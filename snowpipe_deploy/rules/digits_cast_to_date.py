"""Digits such as 20240301 that become a date by being counted as seconds."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.columns import columns_of
from snowpipe_deploy.analysis.dates import DATES, Cast, Column, casts, column, compared, has_eight, literal
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.rule import Hit, Rule

_DIGITS = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_NAMED = re.compile(r"(?:^|_)(?:YMD|YYYYMMDD)(?:$|_)|DATE_?(?:KEY|ID|SK|INT|NUM)$|(?:^|_)INT_?DATE$")
_WORDS = re.compile(r"DATE|TIMESTAMP", re.IGNORECASE)


def check(program: Program) -> Iterator[Hit]:
    if _has_input_format(program):
        return
    for step, inner in statements(program):
        if _WORDS.search(inner.text):
            for cast in casts(inner.tokens):
                yield from _judged(program, step, inner, cast)
        if _DIGITS.search(inner.text):
            yield from _compared(program, step, inner)


def _compared(program: Program, step: Step, inner: Inner) -> Iterator[Hit]:
    """Dates that are compared with digits, which are cast on the way."""
    for found, token in compared(inner.tokens):
        if _DIGITS.fullmatch(token.value):
            types = _types(program, step, inner, found.name)
            if types and types <= DATES:
                yield _of_literal(step, inner.at + token.start, min(types), token.value)


@lru_cache(maxsize=4)
def _has_input_format(program: Program) -> bool:
    """Does a session or the account say how dates are written?"""
    return any(step.verb == "ALTER" and "_INPUT_FORMAT" in step.statement.text.upper() for step in program.statements)


def _judged(program: Program, step: Step, inner: Inner, cast: Cast) -> Iterator[Hit]:
    token = literal(cast.value)
    if token is not None:
        if _DIGITS.fullmatch(token.value) and (token.kind == "string" or "TIMESTAMP" in cast.to):
            yield _of_literal(step, inner.at + cast.at, cast.to, token.value)
        return
    found = column(cast.value)
    if found is None or "__" in found.name:
        return
    severity = _certainty(program, step, inner, found)
    if severity:
        message = f"{cast.to} of {found.name} counts its digits as seconds since 1970: 20240301 becomes 1970-08-23"
        hint = f"say how it is written: TO_DATE({found.name}::VARCHAR, 'YYYYMMDD')"
        yield Hit(message, step.at(inner.at + cast.at), hint, step.label, "warning" if severity == "warning" else None)


def _of_literal(step: Step, at: int, to: str, digits: str) -> Hit:
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    message = f"{to} of '{digits}' is {_seconds(digits)}, not {day}: digits alone are seconds since 1970"
    return Hit(message, step.at(at), f"write '{day}', or TO_DATE('{digits}', 'YYYYMMDD')", step.label)


def _seconds(digits: str) -> str:
    return datetime.fromtimestamp(int(digits), UTC).date().isoformat()


def _certainty(program: Program, step: Step, inner: Inner, found: Column) -> str:
    """A column of eight digits for sure where its length is compared with 8; likely where its name and its type say so."""
    if found.as_text and has_eight(inner.tokens, found.name):
        return "error"
    types = _types(program, step, inner, found.name)
    if not types or types & DATES:
        return ""
    is_number = types <= {"NUMBER"}
    named = bool(_NAMED.search(found.name)) and types <= {"NUMBER", "VARCHAR"}
    return "warning" if named or (is_number and found.as_text) else ""


def _types(program: Program, step: Step, inner: Inner, name: str) -> set[str]:
    """The types of a column of that name in the relations of a statement; none where one of them is not known."""
    found: set[str] = set()
    looked = {"reads", "writes"} if inner.verb in {"DELETE", "UPDATE", "MERGE"} else {"reads"}
    for use in inner.uses:
        if use.kind not in {"relation", "STREAM"} or use.access not in looked:
            continue
        relation = columns_of(program).named(program.within(step, use.name), step)
        if relation is None:
            return set()
        field = relation.find(name)
        if field is not None:
            found.add(field.type.base if field.type is not None else "")
    return set() if "" in found else found


RULE = Rule(
    "SD713", "digits-cast-to-date", "error",
    "A text of digits that is cast to a date without a format is read as seconds since 1970, so '20240301' silently becomes "
    "1970-08-23; say the format: TO_DATE(x, 'YYYYMMDD').",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, ORDER_DT NUMBER(8), DAY DATE);
DELETE FROM RAW.ORDERS WHERE DAY < '20240301'::DATE; -- !
DELETE FROM RAW.ORDERS WHERE DAY < TO_DATE('20240301'); -- !
CREATE VIEW RAW.V AS
SELECT CASE WHEN LENGTH(ORDER_DT::TEXT) <> 8 THEN NULL ELSE CAST(ORDER_DT::TEXT AS DATE) END AS ORDERED -- !
FROM RAW.ORDERS;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, ORDER_DT NUMBER(8), DAY DATE);
DELETE FROM RAW.ORDERS WHERE DAY < '2024-03-01'::DATE;
DELETE FROM RAW.ORDERS WHERE DAY < TO_DATE('20240301', 'YYYYMMDD');
CREATE VIEW RAW.V AS
SELECT TRY_TO_DATE(ORDER_DT::TEXT, 'YYYYMMDD') AS ORDERED
FROM RAW.ORDERS;
""",
)  # fmt: skip
