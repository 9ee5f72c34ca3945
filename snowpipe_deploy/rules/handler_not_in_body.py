"""A HANDLER that the code of the body does not define."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        clauses = step.head.clauses
        body = program.body(step)
        if (
            not step.creates
            or step.kind not in {"PROCEDURE", "FUNCTION"}
            or body is None
            or clauses.get("LANGUAGE") != "PYTHON"
        ):
            continue
        handler = str(clauses.get("HANDLER", "")).rpartition(".")[2]
        imported = "." in str(clauses.get("HANDLER", "")) and "IMPORTS" in clauses
        if not body.text.strip() or "__" in handler or imported or re.search(r"\bimport\s+\*", body.text):
            continue
        if not handler:
            yield Hit(
                f"{step.label} has no HANDLER",
                step.statement.where,
                "HANDLER = '<the name of its function>'",
                step.label,
            )
        elif not _defines(body.text, handler):
            yield Hit(
                f"{step.label}: its body defines no {handler}", step.clause_at("HANDLER"), _hint(body.text), step.label
            )


def _defines(text: str, name: str) -> bool:
    word = re.escape(name)
    return bool(re.search(rf"\b(?:def|class)\s+{word}\b|^\s*{word}\s*=|\bimport\b[^\n]*\b{word}\b", text, re.MULTILINE))


def _hint(text: str) -> str:
    found = re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", text, re.MULTILINE)
    return f"it defines {', '.join(found)}" if found else "define it, or correct HANDLER"


RULE = Rule(
    "SD612", "handler-not-in-body", "error",
    "Snowflake calls the function that HANDLER names, in its exact spelling; where the code defines none of that name, CREATE or the"
    " first call fails.",
    check,
    bad="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('snowflake-snowpark-python')
HANDLER = 'main' AS -- !
$$
def run(session):
    return "done"
$$;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('snowflake-snowpark-python')
HANDLER = 'run' AS
$$
def run(session):
    return "done"
$$;
""",
    source="E.7",
)  # fmt: skip
