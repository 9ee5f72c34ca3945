"""SQLROWCOUNT, SQLFOUND or SQLNOTFOUND after something that is no DML."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.uses import node_texts
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Block, Case, ForCount, ForEach, If, Node, Sql, While, walk

_COUNTS = frozenset({"SQLROWCOUNT", "SQLFOUND", "SQLNOTFOUND"})
_NO_DML = frozenset(
    {"SELECT", "WITH", "TRUNCATE", "CREATE", "ALTER", "DROP", "COMMIT", "ROLLBACK", "SHOW", "USE", "DESCRIBE"}
)


def check(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        if not any(word in scripted.text.upper() for word in _COUNTS):
            continue
        for sequence in _sequences(scripted.block):
            yield from _in(scripted, sequence)


def _sequences(block: Block) -> Iterator[tuple[Node, ...]]:
    for node, _ in walk(block):
        match node:
            case Block():
                yield node.body
                yield from (handler.body for handler in node.handlers)
            case If() | Case():
                yield from (body for _, body in node.branches)
                yield node.otherwise
            case ForCount() | ForEach() | While():
                yield node.body
            case _:
                pass


def _in(scripted: Scripted, nodes: tuple[Node, ...]) -> Iterator[Hit]:
    last = ""
    for node in nodes:
        used = {t.upper for text in node_texts(node) for t in code(text)} & _COUNTS
        if used and last in _NO_DML:
            yield Hit(
                f"{scripted.step.label}: {min(used)} is NULL after {last}", scripted.where(node),
                "read it right after the INSERT, UPDATE, DELETE or MERGE, or count with SELECT COUNT(*)", scripted.step.label,
            )  # fmt: skip
        if isinstance(node, Sql):
            last = next((t.upper for t in code(node.text)), "")
        elif isinstance(node, If | Case | ForCount | ForEach | While | Block):
            last = ""


RULE = Rule(
    "SD603", "rowcount-after-query", "warning",
    "SQLROWCOUNT, SQLFOUND and SQLNOTFOUND speak of the last DML and are NULL after any other statement, so a comparison with"
    " them is never true. Keep the value in a variable right after the DML.",
    check,
    bad="""
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    SELECT ID FROM DWH.ORDERS;
    IF (SQLROWCOUNT = 0) THEN -- !
        RETURN 0;
    END IF;
    RETURN 1;
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    UPDATE DWH.ORDERS SET SENT = TRUE WHERE SENT = FALSE;
    LET N NUMBER := SQLROWCOUNT;
    IF (SQLROWCOUNT = 0) THEN
        RETURN 0;
    END IF;
    RETURN N;
END;
$$;
""",
    source="H52",
)  # fmt: skip
