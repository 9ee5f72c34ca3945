"""ALTER STREAM with what it does not know."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.location import Location
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_CHANGES = frozenset({"COMMENT", "TAG"})
# RENAME is a finding of no-such-statement
_ACTIONS = frozenset({"SET", "UNSET", "ADD", "DROP", "SUSPEND", "RESUME", "REFRESH"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb == "ALTER" and step.kind == "STREAM":
            yield from _wrong(step.statement.text, step.at(), step.label)
    for owner, inner in statements(program):
        if inner.verb == "ALTER" and inner.tokens[1:2] and inner.tokens[1].upper == "STREAM":
            yield from _wrong(inner.text, owner.at(inner.at), owner.label)


def _wrong(text: str, where: Location, label: str) -> Iterator[Hit]:
    words = [t.upper for t in code(text) if t.kind == "word" or t.text in {"=", "."}][2:]
    if words[:2] == ["IF", "EXISTS"]:
        words = words[2:]
    action = next(
        (i for i, w in enumerate(words[1:], 1) if w in _ACTIONS),
        -1,
    )
    if action < 0 or (
        words[action] in {"SET", "UNSET"} and (action + 1 >= len(words) or words[action + 1] in _CHANGES)
    ):
        return
    shown = " ".join(w for w in words[action : action + 2] if w not in {"=", "."})
    old = shown in {"SET APPEND_ONLY", "SET INSERT_ONLY"}  # existed long ago
    yield Hit(
        f"ALTER STREAM has no {shown}",
        where,
        "only COMMENT and TAG can be changed: make the stream anew",
        label,
        "warning" if old else None,
    )


RULE = Rule(
    "SD116", "stream-has-no-such-alter", "error",
    "ALTER STREAM changes the comment and tags, nothing else: no name, no source, no mode, no offset. Make a new stream, with AT (STREAM => '…') "
    "where it has to go on from the same place.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS;
ALTER STREAM RAW.NEW_ORDERS SET SHOW_INITIAL_ROWS = TRUE; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS;
ALTER STREAM IF EXISTS RAW.NEW_ORDERS SET COMMENT = 'what has come';
""",
    source="B.1",
)  # fmt: skip
