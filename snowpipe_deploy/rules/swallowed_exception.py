"""A handler that hides what went wrong."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.uses import node_texts
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Block, Handler, Raise, walk

_TELLS = frozenset({"SQLERRM", "SQLCODE", "SQLSTATE", "INSERT", "CALL", "UPDATE", "MERGE"})
_PYTHON = re.compile(r"\bexcept\b[^:\n]*:[ \t]*(?:#[^\n]*)?\s*(?:pass|continue)\b")
_CATCH = re.compile(r"\bcatch\s*(?:\(\s*(\w+)\s*\))?\s*\{([^{}]*)\}")
_HINT = "RAISE it again, or keep SQLERRM where somebody sees it"


def check(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        for node, _ in walk(scripted.block):
            for handler in node.handlers if isinstance(node, Block) else ():
                if "OTHER" in handler.names and handler.body and _hides(handler):
                    yield _hit(scripted, handler)
    for step in program.statements:
        body = program.body(step)
        if body is not None and body.opaque:
            for at in _in_code(body.text, str(step.head.clauses.get("LANGUAGE", ""))):
                yield Hit(
                    f"{step.label}: an exception is caught and forgotten",
                    step.at(body.at + at),
                    "throw it again, or return it",
                    step.label,
                )


def _hit(scripted: Scripted, handler: Handler) -> Hit:
    step: Step = scripted.step
    return Hit(
        f"{step.label}: WHEN OTHER hides every error: it ends as if all had gone well",
        scripted.where(handler.body[0]),
        _HINT,
        step.label,
    )


def _hides(handler: Handler) -> bool:
    for node, _ in walk(Block(handler.body[0].at, (), handler.body)):
        if isinstance(node, Raise):
            return False
        for text in node_texts(node):
            if any(t.upper in _TELLS or t.upper.startswith("SYSTEM$") for t in code(text)) or "CALL " in text.upper():
                return False
    return True


def _in_code(text: str, language: str) -> Iterator[int]:
    if language == "PYTHON":
        yield from (match.start() for match in _PYTHON.finditer(text))
    elif language == "JAVASCRIPT":
        for match in _CATCH.finditer(text):
            inside = match[2]
            told = "throw" in inside or "execute" in inside or (match[1] and re.search(rf"\b{match[1]}\b", inside))
            if not told:
                yield match.start()


RULE = Rule(
    "SD604", "swallowed-exception", "warning",
    "A handler that neither raises nor keeps the message lets a task succeed that has done nothing, and the stream may be consumed"
    " in part. Undo, keep SQLERRM, and RAISE.",
    check,
    bad="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    RETURN 'done';
EXCEPTION
    WHEN OTHER THEN
        RETURN 'done'; -- !
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    RETURN 'done';
EXCEPTION
    WHEN OTHER THEN
        INSERT INTO DWH.ERRORS (MESSAGE) VALUES (:SQLERRM);
        RAISE;
END;
$$;
""",
    source="H53",
)  # fmt: skip
