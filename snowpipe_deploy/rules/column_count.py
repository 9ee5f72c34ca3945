"""Another number of columns than what they go into."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.columns import column_problems
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for problem in column_problems(program):
        if problem.what == "count":
            yield Hit(problem.message, problem.step.at(problem.at), problem.hint, problem.step.label)


RULE = Rule(
    "SD707", "column-count", "error",
    "INSERT, MERGE, UNION and a view's column list need as many columns on one side as on the other; the statement fails.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
CREATE TABLE RAW.OLD_ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
INSERT INTO RAW.OLD_ORDERS (ID, AMOUNT)
SELECT ID FROM RAW.ORDERS; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
CREATE TABLE RAW.OLD_ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
INSERT INTO RAW.OLD_ORDERS (ID, AMOUNT)
SELECT ID, AMOUNT FROM RAW.ORDERS;
""",
)  # fmt: skip
