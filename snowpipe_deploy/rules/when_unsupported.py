"""A condition that a task's WHEN does not allow."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.sqltext.lexer import Token, code

_ALLOWED = frozenset({
    "SYSTEM$STREAM_HAS_DATA", "SYSTEM$GET_PREDECESSOR_RETURN_VALUE", "SYSTEM$PREDECESSORS_STATE", "SYSTEM$TASK_COMPLETION_STATE",
    "CAST", "TRY_CAST", "AND", "OR", "NOT", "IN", "WHEN", "NUMBER", "DECIMAL", "NUMERIC", "VARCHAR", "CHAR", "STRING", "TEXT",
})  # fmt: skip
_UNSURE = frozenset({"SYSTEM$GET_TASK_GRAPH_CONFIG"})  # nobody has written down whether WHEN takes it


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        text, at = _condition(step)
        for token, severity in _refused(code(text)):
            what = "a query" if token.upper in {"SELECT", "WITH"} else f"{token.upper}()"
            yield Hit(
                f"WHEN of {step.label} has {what}: a task's condition knows only streams and what predecessors returned",
                step.at(at + token.start),
                "move the test into the body: IF (…) THEN … END IF",
                step.label,
                severity,
            )
            break


def _condition(step: Step) -> tuple[str, int]:
    if step.kind != "TASK":
        return "", 0
    if step.creates and "WHEN" in step.head.clauses:
        text = step.clause("WHEN")
        return text, max(step.statement.text.find(text, step.head.name_end), 0)
    cursor = Cursor(step.head.rest)
    if step.verb == "ALTER" and cursor.accept("MODIFY", "WHEN"):
        return cursor.rest, len(step.statement.text) - len(cursor.rest)
    return "", 0


def _refused(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, Severity]]:
    for i, token in enumerate(tokens):
        if token.upper in {"SELECT", "WITH"}:
            yield token, "error"
        called = token.kind == "word" and i + 1 < len(tokens) and tokens[i + 1].text == "("
        if (
            called
            and token.upper not in _ALLOWED | _UNSURE
            and "__" not in token.text
            and (i == 0 or tokens[i - 1].text != "::")
        ):
            yield token, "warning" if token.upper.startswith(("TO_", "TRY_TO_")) else "error"


RULE = Rule(
    "SD221", "when-unsupported", "error",
    "WHEN is tested without a warehouse, so it knows SYSTEM$STREAM_HAS_DATA, the functions about predecessors, comparisons and casts, "
    "and nothing else. Test the rest in the body.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES'
  WHEN (SELECT COUNT(*) FROM RAW.QUEUE) > 0 -- !
AS CALL RAW.LOAD_QUEUE();
""",
    good="""
CREATE STREAM RAW.QUEUE_NEW ON TABLE RAW.QUEUE;
CREATE TASK RAW.LOAD WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES'
  WHEN SYSTEM$STREAM_HAS_DATA('RAW.QUEUE_NEW')
AS CALL RAW.LOAD_QUEUE();
ALTER TASK RAW.LOAD RESUME;
""",
    source="H63",
)  # fmt: skip
