"""Two statements with no `;` between them."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for step in program.steps:
        if step.fault == "unended":
            following = program.steps[step.index + 1]
            shown = " ".join(following.statement.text.split()[:3])
            last = step.at(len(step.statement.text.rstrip()) - 1)
            yield Hit(
                f"a ; is missing before {shown!r} in line {following.statement.where.line}",
                last,
                "end the statement with ;",
            )


RULE = Rule(
    "SD009", "missing-semicolon", "error",
    "Without a `;` both statements are sent as one, which is a syntax error.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER) -- !
CREATE TABLE RAW.ITEMS (ID NUMBER);
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE TABLE RAW.ITEMS AS
SELECT ID FROM RAW.ORDERS
UNION ALL
SELECT ID FROM RAW.ORDERS;
""",
)  # fmt: skip
