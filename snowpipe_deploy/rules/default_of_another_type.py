"""A text as the default of a column that holds none."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.clauses.table import columns
from snowpipe_deploy.sqltext.head import ReadError


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb != "CREATE" or step.kind != "TABLE" or not step.head.arguments:
            continue
        try:
            made = columns(step.head.arguments)[0]
        except (ReadError, ValueError, IndexError):
            continue  # other rules say what is wrong with it
        for column in made:
            if column.misfits:
                text = step.statement.text
                yield Hit(
                    f"{step.label}: the default {column.default} of {column} is a text, and the column a {column.type}",
                    step.at(max(text.find(column.default, step.head.name_end), step.head.name_end)),
                    f"write {column.default}::{column.type.base}",
                    step.label,
                )


RULE = Rule(
    "SD015", "default-of-another-type", "error",
    "The statement fails: Snowflake casts no default of a column, so a text is the default of a text column alone.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (
    ID NUMBER(10),
    PLACED DATE DEFAULT '2026-01-01', -- !
    PAID BOOLEAN DEFAULT 'false' -- !
);
""",
    good="""
CREATE TABLE RAW.ORDERS (
    ID NUMBER(10),
    PLACED DATE DEFAULT '2026-01-01'::DATE,
    PAID BOOLEAN DEFAULT FALSE,
    NOTE VARCHAR DEFAULT 'none'
);
""",
)  # fmt: skip
