"""A column that the tables of a statement do not have."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.columns import column_problems
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for problem in column_problems(program):
        if problem.what in {"column", "alias"}:
            yield Hit(problem.message, problem.step.at(problem.at), problem.hint, problem.step.label)


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
