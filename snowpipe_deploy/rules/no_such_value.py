"""A property whose value is none of those that it may have."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import copies_of
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import closing

_TYPES = frozenset({"CSV", "JSON", "AVRO", "ORC", "PARQUET", "XML", "CUSTOM"})
_SIZE = re.compile(r"X-?SMALL|SMALL|MEDIUM|LARGE|X-?LARGE|XX-?LARGE|XXX-?LARGE|X[2-6]-?LARGE|[2-6]X-?LARGE")
_ON_ERROR = re.compile(r"CONTINUE|ABORT_STATEMENT|SKIP_FILE(?:_\d+%?)?")


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb == "CREATE" and step.kind == "FILE FORMAT":
            yield from _judged(step, _offset(step, "TYPE"), "TYPE", step.clause("TYPE"))
        if (
            step.kind == "WAREHOUSE"
            and step.verb == "CREATE"
            and not _SIZE.fullmatch(_plain(step.clause("WAREHOUSE_SIZE")))
        ):
            yield from _hit(
                step,
                _offset(step, "WAREHOUSE_SIZE"),
                "WAREHOUSE_SIZE",
                step.clause("WAREHOUSE_SIZE"),
                "XSMALL, SMALL, MEDIUM …",
            )
        yield from _formats(step, code(step.statement.text))
    for copy in copies_of(program):
        found = copy.options.get("ON_ERROR")
        if found is not None and not _ON_ERROR.fullmatch(_plain(found.value)):
            yield from _hit(
                copy.step, copy.inner.at + found.at, "ON_ERROR", found.value, "CONTINUE, SKIP_FILE or ABORT_STATEMENT"
            )


def _formats(step: Step, tokens: tuple[Token, ...]) -> Iterator[Hit]:
    """TYPE in FILE_FORMAT = (TYPE = …)."""
    for i in range(len(tokens) - 4):
        if tokens[i].upper == "FILE_FORMAT" and tokens[i + 1].text == "=" and tokens[i + 2].text == "(":
            end = closing(tokens, i + 2)
            for j in range(i + 3, end - 2):
                if tokens[j].upper == "TYPE" and tokens[j + 1].text == "=":
                    yield from _judged(step, tokens[j].start, "TYPE", tokens[j + 2].value)


def _judged(step: Step, at: int, word: str, value: str) -> Iterator[Hit]:
    if _plain(value) not in _TYPES:
        yield from _hit(step, at, word, value, "CSV, JSON, AVRO, ORC, PARQUET or XML")


def _hit(step: Step, at: int, word: str, value: str, hint: str) -> Iterator[Hit]:
    """Nothing is said of values that are not known here: variables, and what templates fill in."""
    plain = _plain(value)
    if plain and "__" not in plain and plain[0] not in "$&:<{":
        yield Hit(f"{step.label}: {word} cannot be {value}", step.at(at), hint, step.label)


def _offset(step: Step, word: str) -> int:
    return next((t.start for t in code(step.statement.text) if t.upper == word and t.start >= step.head.name_end), 0)


def _plain(value: str) -> str:
    return value.strip().strip("'\"").upper()


RULE = Rule(
    "SD012", "no-such-value", "error",
    "A file type, a warehouse size or an answer to errors that Snowflake does not have is refused.",
    check,
    bad="""
CREATE FILE FORMAT RAW.F TYPE = EXCEL; -- !
CREATE WAREHOUSE W WAREHOUSE_SIZE = TINY AUTO_SUSPEND = 60; -- !
CREATE STAGE IF NOT EXISTS RAW.S FILE_FORMAT = (TYPE = TXT); -- !
""",
    good="""
CREATE FILE FORMAT RAW.F TYPE = CSV;
CREATE WAREHOUSE W WAREHOUSE_SIZE = 'X-Small' AUTO_SUSPEND = 60;
CREATE STAGE IF NOT EXISTS RAW.S FILE_FORMAT = (TYPE = 'json');
""",
)  # fmt: skip
