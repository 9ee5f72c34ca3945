"""A column that the tables of a statement do not have."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.column_reader import did_you_mean
from snowpipe_deploy.analysis.columns import column_problems, columns_of
from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.names import fold, quote
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for problem in column_problems(program):
        if problem.what in {"column", "alias"}:
            yield Hit(problem.message, problem.step.at(problem.at), problem.hint, problem.step.label)
    for copy in copies_of(program):
        yield from _of_copy(program, copy)


def _of_copy(program: Program, copy: Copy) -> Iterator[Hit]:
    """The column list of COPY INTO, which no query reads."""
    relation = columns_of(program).named(program.within(copy.step, copy.target), copy.step) if copy.columns else None
    if relation is None:
        return
    tokens = copy.inner.tokens
    begin = next(i for i, token in enumerate(tokens) if token.text == "(")
    for name in copy.columns or ():
        if name not in relation.names and "__" not in name:
            at = next(t.start for t in tokens[begin:] if fold(t.text) == name)
            message = f"{quote(name)} is no column of {copy.target}"
            yield Hit(message, copy.at(at), did_you_mean(name, relation.names), copy.step.label)


RULE = Rule(
    "SD706", "unknown-column", "error",
    "A column that does not exist fails when the view is made or, in tasks and procedures, each time they run; CREATE TASK and "
    "CREATE PROCEDURE do not look.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
CREATE VIEW RAW.TOTALS AS SELECT ID, AMUONT FROM RAW.ORDERS; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
CREATE VIEW RAW.TOTALS AS SELECT ID, SUM(AMOUNT) AS TOTAL FROM RAW.ORDERS GROUP BY ID HAVING TOTAL > 0;
""",
    source="H49",
)  # fmt: skip
