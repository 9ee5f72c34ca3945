"""A transforming COPY from the stage of a table."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import table_stage


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        for token in copy.inside if copy.select is not None else ():
            if token.kind == "stage" and table_stage(token.text) is not None:
                yield Hit(
                    f"{copy.label} transforms files of the table stage {token.text}, which is not supported", copy.at(token.start),
                    "put the files on a named stage", copy.step.label,
                )  # fmt: skip


RULE = Rule(
    "SD409", "copy-stage-table-transform", "error",
    "The stage that every table has (`@%t`) takes no transforming SELECT in COPY. Use a named stage, or load the files as they are.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
COPY INTO RAW.ORDERS (ID)
FROM (SELECT $1 FROM @%ORDERS) -- !
ON_ERROR = SKIP_FILE;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
COPY INTO RAW.ORDERS (ID) FROM @%ORDERS ON_ERROR = SKIP_FILE;
""",
    source="D.1",
)  # fmt: skip
