"""A warehouse that never stops by itself."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_HINT = "AUTO_SUSPEND = 60"


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.kind != "WAREHOUSE" or step.verb not in {"CREATE", "ALTER"}:
            continue
        tokens = code(step.statement.text)
        words = [t.upper or t.text.strip("'") for t in tokens]
        at = words.index("AUTO_SUSPEND") if "AUTO_SUSPEND" in words else -1
        value = next((w for w in words[at + 1 : at + 3] if w != "="), "") if at >= 0 else ""
        if value in {"0", "NULL"}:
            yield Hit(
                f"{step.label} never suspends: AUTO_SUSPEND = {value}", step.at(tokens[at].start), _HINT, step.label
            )
        elif at < 0 and step.verb == "CREATE":
            yield Hit(
                f"{step.label} suspends after 10 minutes, as it says nothing else",
                step.statement.where,
                _HINT,
                step.label,
                "info",
            )


RULE = Rule(
    "SD903", "warehouse-without-auto-suspend", "warning",
    "A warehouse with AUTO_SUSPEND = 0 costs credits around the clock. A minute is enough for pipelines.",
    check,
    bad="""
CREATE WAREHOUSE IF NOT EXISTS LOAD_WH
    WAREHOUSE_SIZE = 'XSMALL'
    AUTO_SUSPEND = 0; -- !
""",
    good="""
CREATE WAREHOUSE IF NOT EXISTS LOAD_WH
    WAREHOUSE_SIZE = 'XSMALL'
    AUTO_SUSPEND = 60
    AUTO_RESUME = TRUE;
""",
    source="issue 4",
)  # fmt: skip
