"""A statement that seems to belong to the task or procedure above it, but runs when the script does."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Body
from snowpipe_deploy.analysis.program import Program, Step, same
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        following = program.steps[step.index + 1] if step.index + 1 < len(program.steps) else None
        body = program.body(step) if step.creates and step.kind in {"TASK", "PROCEDURE"} else None
        if body is None or following is None or following.path != step.path or following.fault not in {"", "unended"}:
            continue
        severity = _severity(program, step, body, following)
        if severity is not None:
            yield Hit(
                f"this {following.verb} is not part of {step.label}: it runs once, when the script does",
                following.at(),
                "put all statements of the body between BEGIN and END",
                step.label,
                severity,
            )


def _severity(program: Program, step: Step, body: Body, following: Step) -> Severity | None:
    if body.opaque or not body.statements or (step.head.body or "").startswith(("$$", "'")):
        return None
    first = body.statements[0]
    if body.block is None and first.verb in {"BEGIN", "START"}:
        return "error" if following.verb in {*_WRITES, "CALL", "SELECT", "EXECUTE"} else None
    if body.block is None and body.text.strip().upper().startswith("EXECUTE"):
        return None
    last = step.statement.where.line + step.statement.text.rstrip().count("\n")
    gap = following.statement.where.line - last
    if any(line > last for line, _ in following.statement.comments):
        return None
    belongs = gap == 0 or (gap == 1 and following.statement.where.column > step.statement.where.column)
    if following.verb == "CALL":
        return "error" if belongs and not _calls_same(program, step, body, following) else None
    if following.verb not in _WRITES or not _shares(program, body, following):
        return None
    if belongs:
        return "error"
    if _is_values(following):
        return None
    return "error" if gap == 1 else "warning" if gap == 2 and body.block is not None else None


def _names(body: Body, access: str) -> list[ObjectName]:
    return [
        use.name for inner in body.statements for use in inner.uses if use.access == access and use.kind != "WAREHOUSE"
    ]


def _shares(program: Program, body: Body, following: Step) -> bool:
    """Does it write what the body reads or writes, or read what the body writes?"""
    uses = program.uses(following)
    touched = [*_names(body, "writes"), *_names(body, "reads")]
    written = _names(body, "writes")
    return any(
        same(use.name, other)
        for use in uses
        for other in (touched if use.access == "writes" else written if use.access == "reads" else ())
    )


def _calls_same(program: Program, step: Step, body: Body, following: Step) -> bool:
    """A procedure that the body calls, or the one that was just made, is called by hand."""
    called = [*_names(body, "calls"), *([step.name] if step.name is not None else [])]
    return any(same(use.name, other) for use in program.uses(following) for other in called)


def _is_values(step: Step) -> bool:
    """INSERT … VALUES of rows: data for a first look, not the work of a task."""
    return step.verb == "INSERT" and any(token.upper == "VALUES" for token in code(step.statement.text))


RULE = Rule(
    "SD213", "statement-after-body", "error",
    "A task has one statement or one block. What follows its `;` or the `END;` is a statement of the script and runs once, when the "
    "task is made. Put everything between BEGIN and END.",
    check,
    bad="""
CREATE TASK GOLD.REFRESH WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS
  DELETE FROM GOLD.TOTALS;
  INSERT INTO GOLD.TOTALS (DAY, AMOUNT) SELECT DAY, SUM(AMOUNT) FROM RAW.SALES GROUP BY DAY; -- !
""",
    good="""
CREATE TASK GOLD.REFRESH WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS
BEGIN
  BEGIN TRANSACTION;
  DELETE FROM GOLD.TOTALS;
  INSERT INTO GOLD.TOTALS (DAY, AMOUNT) SELECT DAY, SUM(AMOUNT) FROM RAW.SALES GROUP BY DAY;
  COMMIT;
END;
ALTER TASK GOLD.REFRESH RESUME;
""",
    source="H27",
)  # fmt: skip
