"""SQL that is put together from an argument of a procedure."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.blocks import blocks_of
from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import split_at
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Sql

_TEXT_TYPES = frozenset({"VARCHAR", "STRING", "TEXT", "CHAR", "VARIANT", "OBJECT", "ARRAY", "NVARCHAR"})
_VERBS = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|CREATE|DROP|ALTER|TRUNCATE|COPY|CALL|GRANT|USE|WITH)\b", re.IGNORECASE
)
_EXECUTES = re.compile(r"sqlText\s*:\s*([^}\n]+)|\.sql\s*\(\s*f(\"\"\"(?:.|\n)*?\"\"\"|\"[^\"\n]*\"|'[^'\n]*')")


def check(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        names = _texts_of(scripted.step)
        for inner in scripted.texts if names else ():
            if name := _glued(inner, names):
                yield _hit(scripted.step, name, inner.at)
    for step in program.statements:
        body = program.body(step)
        if step.kind == "PROCEDURE" and body is not None and body.opaque:
            for match in _EXECUTES.finditer(body.text):
                if name := _in_code(match[0], _texts_of(step)):
                    yield _hit(step, name, body.at + match.start(), None if _as_value(match[0], name) else "info")


def _hit(step: Step, name: str, at: int, severity: Severity | None = None) -> Hit:
    return Hit(
        f"{step.label}: the argument {name} becomes part of a statement's text", step.at(at),
        "pass values with USING or binds, and names with IDENTIFIER(:name)", step.label, severity,
    )  # fmt: skip


def _texts_of(step: Step) -> frozenset[str]:
    """The arguments that hold text; numbers and dates can do no harm."""
    if step.kind != "PROCEDURE" or not step.head.arguments:
        return frozenset()
    parts = split_at(code(step.head.arguments), frozenset({","}))
    return frozenset(
        fold(p[0].text) for p in parts if len(p) > 1 and p[0].kind in {"word", "quoted"} and p[1].upper in _TEXT_TYPES
    )


def _glued(inner: Inner, names: frozenset[str]) -> str:
    """`'DELETE …' || arg`: the argument; empty where the text begins with no statement or nothing is glued to it."""
    tokens = inner.tokens
    first = next((i for i, t in enumerate(tokens) if t.kind == "string"), 9)
    if first > 3 or not _VERBS.match(tokens[first].value) or (isinstance(inner.node, Sql) and inner.verb != "EXECUTE"):
        return ""
    for i, token in enumerate(tokens[first:], first):
        before = tokens[i - 2] if i > 1 and tokens[i - 1].text == ":" else tokens[i - 1]
        if token.upper in names and i and before.text == "||":
            return token.upper
    return ""


def _in_code(text: str, names: frozenset[str]) -> str:
    for name in sorted(names):
        if re.search(rf"(\$?\{{\s*{name}\s*\}}|\+\s*{name}\b)", text, re.IGNORECASE):
            return name
    return ""


def _as_value(text: str, name: str) -> bool:
    """Does it stand between quotes of SQL, as a value? What stands there as a name is less of a danger, and hard to bind."""
    return bool(re.search(rf"'\s*(?:[\"`]\s*\+\s*|\$?\{{\s*){name}\b", text, re.IGNORECASE))


RULE = Rule(
    "SD610", "dynamic-sql-by-concatenation", "warning",
    "Who gives the argument can write any SQL that the procedure's owner may run, and a quote in a value breaks the statement."
    " Bind values with USING, names with IDENTIFIER.",
    check,
    bad="""
CREATE PROCEDURE DWH.FORGET(P_NAME VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    EXECUTE IMMEDIATE 'DELETE FROM DWH.CUSTOMERS WHERE NAME = ''' || P_NAME || ''''; -- !
    RETURN 'done';
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.FORGET(P_NAME VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    EXECUTE IMMEDIATE 'DELETE FROM DWH.CUSTOMERS WHERE NAME = ?' USING (P_NAME);
    RETURN 'forgot ' || P_NAME;
END;
$$;
""",
    source="H67",
)  # fmt: skip
