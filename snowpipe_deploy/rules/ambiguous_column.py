"""A column without a table that two tables of the statement have."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.columns import column_problems
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for problem in column_problems(program):
        if problem.what == "ambiguous":
            yield Hit(problem.message, problem.step.at(problem.at), problem.hint, problem.step.label)


RULE = Rule(
    "SD714", "ambiguous-column", "error",
    "A name that two tables of a query have is refused as ambiguous, when the view is made or each time the task or procedure runs.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, CUSTOMER_ID NUMBER);
CREATE TABLE RAW.CUSTOMERS (ID NUMBER, NAME VARCHAR);
CREATE VIEW RAW.V AS SELECT ID, NAME FROM RAW.ORDERS AS O JOIN RAW.CUSTOMERS AS C ON C.ID = O.CUSTOMER_ID; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, CUSTOMER_ID NUMBER);
CREATE TABLE RAW.CUSTOMERS (ID NUMBER, NAME VARCHAR);
CREATE VIEW RAW.V AS SELECT O.ID, NAME FROM RAW.ORDERS AS O JOIN RAW.CUSTOMERS AS C ON C.ID = O.CUSTOMER_ID;
""",
)  # fmt: skip
