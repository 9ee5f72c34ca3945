"""A keyword or a property that is none, but almost one."""

import difflib
from collections.abc import Iterable, Iterator
from itertools import pairwise

from snowpipe_deploy.analysis.copies import copies_of
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.clauses import ALSO, TABLES
from snowpipe_deploy.sqltext.clauses.file_format import OPTIONS
from snowpipe_deploy.sqltext.head import KINDS
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import closing

_OF_COPY = frozenset({
    "FILE_FORMAT", "FILES", "PATTERN", "ON_ERROR", "SIZE_LIMIT", "PURGE", "RETURN_FAILED_ONLY", "MATCH_BY_COLUMN_NAME", "ENFORCE_LENGTH",
    "TRUNCATECOLUMNS", "FORCE", "LOAD_UNCERTAIN_FILES", "VALIDATION_MODE", "FILE_PROCESSOR", "LOAD_MODE", "INCLUDE_METADATA",
    "STORAGE_INTEGRATION", "CREDENTIALS", "ENCRYPTION", "OVERWRITE", "SINGLE", "MAX_FILE_SIZE", "INCLUDE_QUERY_ID", "DETAILED_OUTPUT",
    "HEADER", "CLUSTER_AT_INGEST_TIME",
})  # fmt: skip
_OF_FORMAT = frozenset({*OPTIONS, "TYPE", "FORMAT_NAME", "VALIDATE_UTF8", "DISABLE_SNOWFLAKE_DATA"})
_AFTER_CREATE = frozenset(
    {*(kind.split()[0] for kind in KINDS), "TRANSIENT", "TEMPORARY", "SECURE", "RECURSIVE", "VOLATILE"}
)
_GRANTEES = frozenset({"ROLE", "USER", "SHARE"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        tokens = code(step.statement.text)
        if step.verb in {"CREATE", "ALTER", "DROP", "DEFINE"}:
            yield from _kinds(step, tokens)
            yield from () if program.in_project else _properties(step)  # a project says so of every property
        elif step.verb in {"GRANT", "REVOKE"}:
            yield from _grantee(step, tokens)
        yield from _of_formats(step, tokens)
    for copy in copies_of(program):
        for word, option in copy.options.items():
            yield from _hit(copy.step, copy.inner.at + option.at, word, _OF_COPY)


def _kinds(step: Step, tokens: tuple[Token, ...]) -> Iterator[Hit]:
    """The words between CREATE and the name."""
    if len(tokens) < 3:
        return
    at = 1
    if step.verb == "CREATE" and tokens[1].upper == "OR":
        yield from _hit(step, tokens[2].start, tokens[2].upper, {"REPLACE", "ALTER"})
        at = 3
    if not step.kind and at < len(tokens) and tokens[1].upper != "OR":
        yield from _hit(step, tokens[at].start, tokens[at].upper, _AFTER_CREATE)
    for i, token in enumerate(tokens[:8]):
        if token.upper == "EXIST" and [t.upper for t in tokens[max(0, i - 2) : i]][-1:] in (["IF"], ["NOT"]):
            yield from _hit(step, token.start, "EXIST", {"EXISTS"})


def _properties(step: Step) -> Iterator[Hit]:
    known = {clause.word for clause in (*TABLES.get(step.kind, ()), *ALSO.get(step.kind, ()))}
    for word, _, at in step.head.unknown if step.verb == "CREATE" else ():
        yield from _hit(step, at, word, known)


def _grantee(step: Step, tokens: tuple[Token, ...]) -> Iterator[Hit]:
    """TO ROL loader."""
    words = "TO" if step.verb == "GRANT" else "FROM"
    at = next((i for i in range(len(tokens) - 1, 0, -1) if tokens[i].upper == words), 0)
    if 0 < at < len(tokens) - 2 and tokens[at + 2].kind in {"word", "quoted"} and tokens[at + 2].upper != "WITH":
        yield from _hit(step, tokens[at + 1].start, tokens[at + 1].upper, _GRANTEES)


def _of_formats(step: Step, tokens: tuple[Token, ...]) -> Iterator[Hit]:
    """The options between the parentheses of FILE_FORMAT = (…)."""
    for i in range(len(tokens) - 2):
        if tokens[i].upper == "FILE_FORMAT" and tokens[i + 1].text == "=" and tokens[i + 2].text == "(":
            inside = tokens[i + 3 : closing(tokens, i + 2)]
            for word, equals in pairwise(inside):
                if equals.text == "=" and word.kind == "word":
                    yield from _hit(step, word.start, word.upper, _OF_FORMAT)


def _hit(step: Step, at: int, word: str, known: Iterable[str]) -> Iterator[Hit]:
    names = set(known)
    if not word or word in names or "__" in word:
        return
    close = difflib.get_close_matches(word, sorted(names), 1, 0.75)
    if close and abs(len(close[0]) - len(word)) <= 2:
        yield Hit(f"{word} is no word that can stand here", step.at(at), f"did you mean {close[0]}?", step.label)


RULE = Rule(
    "SD011", "misspelt-word", "error",
    "A misspelt keyword or property is a syntax error, or a property that Snowflake does not know: the statement fails.",
    check,
    bad="""
CREATE OR REPLCE TABLE RAW.ORDERS (ID NUMBER); -- !
CREATE TABLE IF NOT EXIST RAW.ITEMS (ID NUMBER); -- !
CREATE WAREHOUSE W AUTO_SUSPNED = 60 AUTO_SUSPEND = 60; -- !
""",
    good="""
CREATE OR REPLACE TABLE RAW.ORDERS (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.ITEMS (ID NUMBER);
CREATE OR REPLACE WAREHOUSE W AUTO_SUSPEND = 60;
""",
)  # fmt: skip
