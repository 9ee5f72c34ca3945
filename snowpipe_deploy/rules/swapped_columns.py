"""Columns in each other's places, or of a type that their target cannot hold."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.columns import column_problems
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for problem in column_problems(program):
        if problem.what in {"swapped", "type"}:
            yield Hit(problem.message, problem.step.at(problem.at), problem.hint, problem.step.label)


RULE = Rule(
    "SD708", "swapped-columns", "error",
    "INSERT … SELECT goes by position, not by name: columns in another order than their targets load without an error where the "
    "types happen to fit, and fail where they do not.",
    check,
    bad="""
CREATE TABLE RAW.PEOPLE (FIRST_NAME VARCHAR, LAST_NAME VARCHAR);
CREATE TABLE RAW.NEW_PEOPLE (FIRST_NAME VARCHAR, LAST_NAME VARCHAR);
INSERT INTO RAW.PEOPLE (FIRST_NAME, LAST_NAME)
SELECT LAST_NAME, FIRST_NAME FROM RAW.NEW_PEOPLE; -- !
""",
    good="""
CREATE TABLE RAW.PEOPLE (FIRST_NAME VARCHAR, LAST_NAME VARCHAR);
CREATE TABLE RAW.NEW_PEOPLE (FIRST_NAME VARCHAR, LAST_NAME VARCHAR);
INSERT INTO RAW.PEOPLE (FIRST_NAME, LAST_NAME)
SELECT FIRST_NAME, LAST_NAME FROM RAW.NEW_PEOPLE;
""",
)  # fmt: skip
