"""Tables, tasks and the like that ACCOUNTADMIN makes, and so owns."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_OWNED = frozenset({"TABLE", "VIEW", "TASK", "PROCEDURE", "FUNCTION", "STREAM", "PIPE", "DYNAMIC TABLE", "STAGE"})


def check(program: Program) -> Iterator[Hit]:
    path = role = ""
    told = False
    for step in program.statements:
        if step.path != path:
            path, role, told = step.path, "", False
        words = [t.upper for t in code(step.statement.text)[:3]] if step.verb == "USE" else []
        if words[:2] == ["USE", "ROLE"]:
            role, told = words[2] if len(words) > 2 else "", False
        elif role == "ACCOUNTADMIN" and not told and step.creates and step.kind in _OWNED:
            told = True
            yield Hit(
                f"ACCOUNTADMIN owns {step.label}, and what this file makes after it",
                step.statement.where,
                "USE ROLE SYSADMIN, or a role for it",
                step.label,
            )


RULE = Rule(
    "SD904", "accountadmin-owns", "info",
    "What ACCOUNTADMIN makes belongs to it: tasks and procedures run with all rights of the account, and other roles cannot change them."
    " Make objects with a role of their own.",
    check,
    bad="""
USE ROLE ACCOUNTADMIN;
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER); -- !
""",
    good="""
USE ROLE ACCOUNTADMIN;
CREATE ROLE IF NOT EXISTS LOADER;
USE ROLE SYSADMIN;
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
""",
    source="issue 4",
)  # fmt: skip
