"""DDL between BEGIN TRANSACTION and COMMIT."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_COMMITS = frozenset({"CREATE", "ALTER", "DROP", "UNDROP"})
_PROBABLY = frozenset({"GRANT", "REVOKE", "COMMENT"})
_NO_DDL = frozenset({"SESSION", "WAREHOUSE", "ACCOUNT", "USER"})
_CHANGES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "CALL"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        body = program.body(step)
        if body is not None and not body.is_query:
            for inner in body.statements:
                if inner.transaction and (severity := _ddl([t.upper for t in inner.tokens[:6]])):
                    # the strings of another language need not run in their order
                    yield _hit(step, _shown(inner), step.at(inner.at), "warning" if body.opaque else severity)
    yield from _in_scripts(program)


def _ddl(words: list[str]) -> Severity | None:
    """How sure it is that a statement of these first words commits."""
    if words[:1] and words[0] in _COMMITS and not (words[0] == "ALTER" and words[1] in _NO_DDL):
        return "error"
    return "warning" if words[:1] and words[0] in _PROBABLY else None


def _shown(inner: Inner) -> str:
    return " ".join(t.text for t in inner.tokens[:3]).upper()


def _hit(step: Step, shown: str, where: Location, severity: Severity) -> Hit:
    return Hit(
        f"{shown} commits the open transaction; a later ROLLBACK does not undo what came before", where,
        "move the DDL in front of BEGIN TRANSACTION", step.label, severity,
    )  # fmt: skip


def _in_scripts(program: Program) -> Iterator[Hit]:
    """BEGIN; … COMMIT; at the top of a file. Where nothing else is in it, nothing is lost."""
    opened: list[Step] | None = None
    for step in program.statements:
        if opened is not None and opened[0].path != step.path:
            opened = None
        words = [t.upper for t in code(step.statement.text)[:3]] if step.verb in {"BEGIN", "START"} else []
        if words[:2] in (["BEGIN", "TRANSACTION"], ["BEGIN", "WORK"], ["START", "TRANSACTION"]) or words == ["BEGIN"]:
            opened = [step]
        elif step.verb in {"COMMIT", "ROLLBACK"}:
            yield from _judged(opened or [])
            opened = None
        elif opened is not None:
            opened.append(step)


def _judged(steps: list[Step]) -> Iterator[Hit]:
    changes = any(step.verb in _CHANGES for step in steps)
    for step in steps:
        words = [t.upper for t in code(step.statement.text)[:6]]
        if severity := _ddl(words):
            yield _hit(step, step.label, step.statement.where, severity if changes else "info")


RULE = Rule(
    "SD605", "ddl-in-transaction", "error",
    "Every DDL statement commits what is open, CREATE TEMPORARY TABLE and CREATE TABLE … AS too: the transaction falls into two, and"
    " ROLLBACK undoes only the second. Do the DDL before it begins.",
    check,
    bad="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    BEGIN TRANSACTION;
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    CREATE OR REPLACE TEMPORARY TABLE DWH.T AS SELECT ID FROM DWH.ITEMS; -- !
    COMMIT;
    RETURN 'done';
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    CREATE OR REPLACE TEMPORARY TABLE DWH.T AS SELECT ID FROM DWH.ITEMS;
    BEGIN TRANSACTION;
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    COMMIT;
    RETURN 'done';
END;
$$;
""",
    source="H54",
)  # fmt: skip
