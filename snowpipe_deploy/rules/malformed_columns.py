"""A list of columns with a comma too many or missing, or with a column twice."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import Tokens, split_at
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.query import closing

_TABLES = frozenset({"TABLE", "EXTERNAL TABLE", "HYBRID TABLE", "ICEBERG TABLE"})
_CONSTRAINTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "INDEX"})
_TYPES = frozenset({
    "INT", "INTEGER", "BIGINT", "SMALLINT", "NUMBER", "DECIMAL", "NUMERIC", "FLOAT", "DOUBLE", "REAL", "VARCHAR", "STRING", "TEXT", "CHAR",
    "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "DATETIME", "VARIANT", "OBJECT", "ARRAY", "BINARY",
})  # fmt: skip
_NAMING = frozenset({"word", "quoted"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb == "CREATE" and step.kind in _TABLES and step.head.arguments and "__" not in step.head.arguments:
            yield from _of_table(step)


def _of_table(step: Step) -> Iterator[Hit]:
    tokens = code(step.statement.text)
    opening = next((i for i, t in enumerate(tokens) if t.text == "(" and t.start >= step.head.name_end), len(tokens))
    end = closing(tokens, opening) if opening < len(tokens) else 0
    if end <= opening + 1:
        return
    if tokens[end - 1].text == ",":
        yield Hit(
            "a comma stands before the end of the list", step.at(tokens[end - 1].start), "take it out", step.label
        )
    seen: set[str] = set()
    for part in split_at(tokens[opening + 1 : end], frozenset({","})):
        if len(part) < 2 or part[0].kind not in _NAMING or part[0].upper in _CONSTRAINTS:
            continue
        name = fold(part[0].text)
        if name in seen:
            yield Hit(f"{step.label} has {name} twice", step.at(part[0].start), "leave one of them", step.label)
        seen.add(name)
        yield from _comma(step, part)


def _comma(step: Step, part: Tokens) -> Iterator[Hit]:
    """`A INT B VARCHAR`: a column that begins inside another one."""
    at = 2
    if at < len(part) and part[at].text == "(":
        at = closing(part, at) + 1
    if part[1].upper in _TYPES and at + 1 < len(part) and part[at].kind in _NAMING and part[at + 1].upper in _TYPES:
        yield Hit(
            f"a comma is missing before {fold(part[at].text)}",
            step.at(part[at].start),
            "separate the columns",
            step.label,
        )


RULE = Rule(
    "SD013", "malformed-columns", "error",
    "The statement fails: a list of columns has one comma between two columns, none at its end, and each name once.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (
    ID NUMBER(10)
    NAME VARCHAR, -- !
    ID VARCHAR, -- !
    NOTE VARCHAR, -- !
);
""",
    good="""
CREATE TABLE RAW.ORDERS (
    ID NUMBER(10),
    NAME VARCHAR,
    NOTE VARCHAR
);
""",
)  # fmt: skip
