"""A variable of LET in the EXCEPTION section, where it does not exist."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.uses import node_texts
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Assign, Block, CursorFor, ForCount, ForEach, Let, Node, Sql, walk


def check(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        outside = frozenset(re.findall(r"\w+", (scripted.step.head.arguments or "").upper()))
        for block, known in _blocks(scripted.block, outside):
            yield from _hits(scripted, block, known)


def _blocks(block: Block, outer: frozenset[str]) -> Iterator[tuple[Block, frozenset[str]]]:
    """All blocks, each with the names that are declared around it and in its DECLARE."""
    known = outer | _declared(block.declarations)
    yield block, known
    within = known | _declared(block.body)
    for node, _ in walk(block):
        if isinstance(node, Block) and node is not block:
            yield (
                node,
                within | _declared(node.declarations) | frozenset().union(*(_declared(h.body) for h in block.handlers)),
            )


def _declared(nodes: tuple[Node, ...]) -> frozenset[str]:
    return frozenset(node.name for node in nodes if isinstance(node, Let | CursorFor))


def _hits(scripted: Scripted, block: Block, known: frozenset[str]) -> Iterator[Hit]:
    body = Block(block.at, (), block.body)
    lets = frozenset(n.name for n, _ in walk(body) if isinstance(n, Let | CursorFor | ForCount | ForEach)) - known
    for handler in block.handlers if lets else ():
        inside = Block(block.at, (), handler.body)
        own = frozenset(n.name for n, _ in walk(inside) if isinstance(n, Let | CursorFor | ForCount | ForEach))
        for node, _ in walk(inside):
            for name in sorted(_used(node) & (lets - own)):
                yield Hit(
                    f"{scripted.step.label}: {name} is declared with LET, so it does not exist in the EXCEPTION section",
                    scripted.where(node), f"declare {name} in the DECLARE section", scripted.step.label,
                )  # fmt: skip


def _used(node: Node) -> frozenset[str]:
    """The variables that a node names: in SQL those with a colon, in expressions every name."""
    if isinstance(node, Block):
        return frozenset()
    found: set[str] = {node.name} if isinstance(node, Assign) else set()
    found |= set(node.into) if isinstance(node, Sql) else set()
    is_sql = isinstance(node, Sql) or bool(getattr(node, "query", ""))
    for text in node_texts(node):
        tokens = code(text)
        for i, token in enumerate(tokens):
            before = tokens[i - 1].text if i else ""
            if token.kind == "word" and before != "." and (before == ":" or not is_sql):
                found.add(token.upper)
    return frozenset(found)


RULE = Rule(
    "SD602", "let-in-handler", "error",
    "A LET variable lives up to the end of the statements, not in the EXCEPTION section: there the block fails to compile."
    " Declare it in DECLARE.",
    check,
    bad="""
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    LET N NUMBER := 0;
    N := (SELECT COUNT(*) FROM DWH.ORDERS);
    RETURN N;
EXCEPTION
    WHEN STATEMENT_ERROR THEN
        INSERT INTO DWH.ERRORS (MESSAGE, AT_ROW) VALUES (:SQLERRM, :N); -- !
        RAISE;
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS
$$
DECLARE
    N NUMBER DEFAULT 0;
BEGIN
    N := (SELECT COUNT(*) FROM DWH.ORDERS);
    RETURN N;
EXCEPTION
    WHEN STATEMENT_ERROR THEN
        INSERT INTO DWH.ERRORS (MESSAGE, AT_ROW) VALUES (:SQLERRM, :N);
        RAISE;
END;
$$;
""",
    source="H51",
)  # fmt: skip
