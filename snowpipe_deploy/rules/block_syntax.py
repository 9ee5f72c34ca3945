"""A scripting block that Snowflake cannot compile."""

import re
from collections.abc import Iterator
from itertools import pairwise

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.bodies import Body, Inner
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.scripting import CursorFor, If, Let, Sql, walk

_WRONG_WORDS = {
    "ELSIF": "write ELSEIF", "ELIF": "write ELSEIF", "THEN": "", "END": "", "UNTIL": "", "PRINT": "RETURN the text, or call SYSTEM$LOG",
    "WHEN": "", "DO": "", "ELSE": "",
}  # fmt: skip
# no statement has one of these words at the start of a line outside parentheses, except as the next statement
_NEXT = frozenset({"RETURN", "LET", "COMMIT", "ROLLBACK", "RAISE", "ELSEIF", "EXECUTE"})
_NEXT_TWO = frozenset({("INSERT", "INTO"), ("DELETE", "FROM"), ("MERGE", "INTO"), ("TRUNCATE", "TABLE")})
_ENDS = frozenset({"IF", "FOR", "WHILE", "LOOP", "REPEAT"})
_WITHOUT_END = frozenset(
    {"INSERT", "UPDATE", "DELETE", "SELECT", "TRUNCATE", "COPY", "MERGE", "COMMIT", "ROLLBACK", "CALL", ""}
)
_NESTED_CREATE = re.compile(r"\bCREATE\b[^;]*\b(?:TASK|PROCEDURE|FUNCTION|ALERT)\b", re.IGNORECASE)


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        body = program.body(step)
        if body is not None and body.fault:
            message, at = _unended(body) or (body.fault, body.fault_at)
            yield Hit(
                f"{step.label}: {message}",
                step.at(at),
                "correct the block: nothing of it can run",
                step.label,
                _sure(body),
            )
    for scripted in blocks_of(program):
        yield from _declarations(scripted)
        yield from _bare_conditions(scripted)
        for inner in scripted.texts:
            yield from _in_statement(scripted, inner)
            yield from _of_others(scripted, inner)


def _unended(body: Body) -> tuple[str, int] | None:
    """A statement without ; in front of END IF, END FOR …: the reader notices only further down."""
    tokens = code(body.text)
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.upper == "END" and after.upper in _ENDS and before.text != ";":
            return f"a ; is missing before END {after.upper}", body.at + before.start
    for token, after in pairwise(tokens):
        if token.upper == "ELSE" and after.upper == "IF":
            return "ELSE IF opens a second IF, which is not ended: write ELSEIF", body.at + token.start
    return None


def _sure(body: Body) -> Severity | None:
    """A bare block inside a block, an empty block and templates may be right."""
    unsure = (
        "__" in body.text
        or "NULL; does nothing" in body.fault
        or _NESTED_CREATE.search(body.text)
        or "nested too deeply" in body.fault
    )
    return "warning" if unsure else None


def _declarations(scripted: Scripted) -> Iterator[Hit]:
    """`LET x INT = 1` and `x INT = 1` in DECLARE, where := or DEFAULT belongs."""
    for node, _ in walk(scripted.block):
        if (
            isinstance(node, Let)
            and not node.expression
            and not node.query
            and any(t.text == "=" for t in code(node.type))
        ):
            step = scripted.step
            yield Hit(
                f"{step.label}: {node.name} gets its value with =",
                scripted.where(node),
                f"write {node.name.lower()} … := …",
                step.label,
            )


def _bare_conditions(scripted: Scripted) -> Iterator[Hit]:
    """IF n > 0 THEN: the condition belongs into parentheses."""
    for node, _ in walk(scripted.block):
        bare = next((c for c, _ in node.branches if not c.startswith("(")), "") if isinstance(node, If) else ""
        if bare and "__" not in bare:
            message = f"{scripted.step.label}: the condition of IF stands without parentheses"
            yield Hit(
                message,
                scripted.where(node),
                f"write IF ({' '.join(bare.split())[:40]}) THEN",
                scripted.step.label,
                "warning",
            )


def _in_statement(scripted: Scripted, inner: Inner) -> Iterator[Hit]:
    step, tokens = scripted.step, inner.tokens
    first = tokens[0].upper if tokens else ""
    if isinstance(inner.node, CursorFor) and first == "EXECUTE":
        message = f"{step.label}: a cursor cannot be declared for EXECUTE IMMEDIATE"
        yield Hit(message, step.at(inner.at), "run it into a RESULTSET, and declare the cursor for that", step.label)
    elif isinstance(inner.node, Sql) and first in _WRONG_WORDS:
        yield Hit(f"{step.label}: unexpected {first}", step.at(inner.at), _WRONG_WORDS[first], step.label)
    elif (
        isinstance(inner.node, Sql)
        and len(tokens) > 1
        and tokens[0].kind == "word"
        and tokens[1].text == "="
        and first in scripted.names
    ):
        yield Hit(
            f"{step.label}: {first} is assigned with =", step.at(inner.at), f"write {tokens[0].text} := …", step.label
        )
    elif inner.verb in _WITHOUT_END and "\n" in inner.text and (at := _next_statement(inner)) >= 0:
        yield Hit(
            f"{step.label}: a ; is missing before {inner.text[at:].split()[0]}", step.at(inner.at + at),
            "end the statement above with ;", step.label,
        )  # fmt: skip


def _of_others(scripted: Scripted, inner: Inner) -> Iterator[Hit]:
    """@@ROWCOUNT of SQL Server and SQL%ROWCOUNT of Oracle."""
    for i, (before, token) in enumerate(pairwise(inner.tokens), 2):
        found = ""
        if before.text == "@" and token.kind == "stage":
            found = f"@{token.text}"
        elif before.upper == "SQL" and token.text == "%" and i < len(inner.tokens):
            found = f"SQL%{inner.tokens[i].text}"
        if found:
            hint = "write SQLROWCOUNT" if "ROWCOUNT" in found.upper() else "it is of another database"
            yield Hit(
                f"{scripted.step.label}: there is no {found} in Snowflake",
                scripted.step.at(inner.at + before.start), hint, scripted.step.label,
            )  # fmt: skip


def _begins(tokens: tuple[Token, ...], at: int) -> bool:
    following = tokens[at + 1].upper if at + 1 < len(tokens) else ""
    return tokens[at].upper in _NEXT or (tokens[at].upper, following) in _NEXT_TWO


def _next_statement(inner: Inner) -> int:
    """Where the next statement begins in the text of this one; -1 where it does not."""
    depth = 0
    for i, token in enumerate(inner.tokens):
        depth += {"(": 1, ")": -1, "CASE": 1, "END": -1}.get(token.upper, 0)
        if depth or i == 0 or not _begins(inner.tokens, i) or inner.tokens[i - 1].text in {".", ",", ":", "="}:
            continue
        if (
            not inner.text[inner.text.rfind("\n", 0, token.start) + 1 : token.start].strip()
            and "\n" in inner.text[: token.start]
        ):
            return token.start
    return -1


RULE = Rule(
    "SD608", "block-syntax", "error",
    "A block is compiled as a whole: one missing `;`, END IF or misspelt word, and CREATE PROCEDURE or the task's first run fails.",
    check,
    bad="""
CREATE PROCEDURE DWH.P(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    IF (N = 1) THEN
        RETURN 1;
    ELSIF (N = 2) THEN -- !
        RETURN 2;
    END IF;
    RETURN 3;
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.P(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    IF (N = 1) THEN
        RETURN 1;
    ELSEIF (N = 2) THEN
        RETURN 2;
    END IF;
    RETURN 3;
END;
$$;
""",
    source="E.1",
)  # fmt: skip
