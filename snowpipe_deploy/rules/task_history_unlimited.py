"""TASK_HISTORY() that is filtered only after its limit."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        body = program.body(step) if "TASK_HISTORY" in step.statement.text.upper() else None
        for inner in body.statements if body is not None else ():
            for token in _unlimited(inner.tokens):
                yield Hit(
                    "TASK_HISTORY() without arguments gives the newest 100 runs of all tasks, and WHERE comes after that",
                    step.at(inner.at + token.start),
                    "filter by arguments: TASK_HISTORY(TASK_NAME => '…', RESULT_LIMIT => 10000)",
                    step.label,
                )


def _unlimited(tokens: tuple[Token, ...]) -> Iterator[Token]:
    for i, token in enumerate(tokens[:-3]):
        called = token.upper == "TASK_HISTORY" and tokens[i + 1].text == "(" and tokens[i + 2].text == ")"
        if called and any(t.upper == "WHERE" for t in tokens[i:]):
            yield token


RULE = Rule(
    "SD224", "task-history-unlimited", "warning",
    "TASK_HISTORY() gives at most 100 rows of the last seven days; what WHERE keeps of them may be nothing. Its arguments filter "
    "before the limit.",
    check,
    bad="""
SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE NAME = 'LOAD'; -- !
""",
    good="""
SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'LOAD', RESULT_LIMIT => 10000)) WHERE STATE = 'FAILED';
""",
    source="H66",
)  # fmt: skip
