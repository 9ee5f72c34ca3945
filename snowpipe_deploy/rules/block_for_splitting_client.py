"""A block without quotes in a file for a client that splits at every `;`."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.scripting import is_block


def check(program: Program) -> Iterator[Hit]:
    clients = {step.path for step in program.steps if step.fault == "client"}
    for step in program.statements if clients else ():
        if step.path in clients and _bare_block(step):
            yield Hit(
                f"{step.label}: this file is for SnowSQL, which cuts the block at every ;", step.statement.where,
                "put the body between $$ and $$, or the block into EXECUTE IMMEDIATE $$ … $$", step.label,
            )  # fmt: skip


def _bare_block(step: Step) -> bool:
    return is_block(step.head.body or "") if step.creates else is_block(step.statement.text)


RULE = Rule(
    "SD607", "block-for-splitting-client", "warning",
    "SnowSQL and `snow sql` split a file at every `;` and send the first half of a bare block, which fails with `unexpected '<EOF>'`."
    " Bodies between `$$` stay whole.",
    check,
    bad="""
!set variable_substitution=true
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS -- !
BEGIN
    RETURN 1;
END;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    RETURN 1;
END;
$$;
""",
    source="H56",
)  # fmt: skip
