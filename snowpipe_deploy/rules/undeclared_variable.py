"""`:x` in the SQL of a block that declares no x."""

import difflib
from collections.abc import Iterator

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.scripting import Job, Nested, Sql, walk

_GLOBALS = frozenset(
    {"SQLROWCOUNT", "SQLFOUND", "SQLNOTFOUND", "SQLID", "SQLCODE", "SQLERRM", "SQLSTATE", "ACTIVITY_COUNT"}
)


def check(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        if any(isinstance(node, Nested) for node, _ in walk(scripted.block)):
            continue
        known = scripted.names | _GLOBALS
        seen: set[str] = set()
        for inner in scripted.texts:
            if not isinstance(inner.node, Sql | Job) and not getattr(inner.node, "query", ""):
                continue
            for name, at in _unknown(inner, known):
                if name not in seen and "__" not in name:
                    seen.add(name)
                    yield _hit(scripted, name, at, known)


def _hit(scripted: Scripted, name: str, at: int, known: frozenset[str]) -> Hit:
    close = difflib.get_close_matches(name, sorted(known), 1, 0.7)
    hint = f"did you mean :{close[0]}?" if close else f"declare {name} in the DECLARE section"
    return Hit(
        f"{scripted.step.label}: the variable {name} is declared nowhere",
        scripted.step.at(at),
        hint,
        scripted.step.label,
    )


def _unknown(inner: Inner, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    tokens = inner.tokens
    if inner.verb in {"CREATE", "ALTER"}:
        return
    for i, token in enumerate(tokens[1:-1], 1):
        before, after = tokens[i - 1], tokens[i + 1]
        if token.text != ":" or after.kind != "word" or after.start != token.end:
            continue
        path = before.kind in {"quoted", "string", "dollar", "variable", "number"} or before.text in {
            ")",
            "]",
            "}",
            "?",
        }
        if path or (before.kind == "word" and (before.end == token.start or tokens[i - 2].text == ".")):
            continue
        if after.upper not in known:
            yield after.upper, inner.at + token.start
    for name in inner.node.into if isinstance(inner.node, Sql) else ():
        if name not in known:
            yield name, inner.at


RULE = Rule(
    "SD611", "undeclared-variable", "error",
    "A variable with a colon must be an argument, declared in DECLARE or with LET, or be the variable of a loop; otherwise the block"
    " does not compile.",
    check,
    bad="""
CREATE PROCEDURE DWH.FORGET(P_CUSTOMER NUMBER) RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.CUSTOMERS WHERE ID = :P_CUSTOMR; -- !
    RETURN 'done';
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.FORGET(P_CUSTOMER NUMBER) RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.CUSTOMERS WHERE ID = :P_CUSTOMER;
    RETURN 'done';
END;
$$;
""",
    source="E.3",
)  # fmt: skip
