"""A dynamic table that lacks a warehouse or a lag, or whose lag is not allowed."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import dynamic_tables
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.schedule import lag_seconds


def check(program: Program) -> Iterator[Hit]:
    for table in dynamic_tables(program).values():
        step = table.step
        clauses = step.head.clauses
        if step.head.stray or "CLONE" in clauses or step.head.body is None:
            continue
        if "WAREHOUSE" not in clauses:
            yield Hit(
                f"{step.label} has no WAREHOUSE: it cannot be refreshed", step.at(), "add WAREHOUSE = …", step.label
            )
        yield from _lag(step, table.lag)


def _lag(step: Step, lag: str) -> Iterator[Hit]:
    clauses = step.head.clauses
    disabled = step.clause("SCHEDULER").upper().startswith("DISABLE")
    if not lag:
        if not disabled:
            hint = "add TARGET_LAG = '5 minutes' (or DOWNSTREAM)"
            yield Hit(
                f"{step.label} has no TARGET_LAG: it is required unless SCHEDULER = DISABLE",
                step.at(),
                hint,
                step.label,
            )
        return
    word = "LAG" if "TARGET_LAG" not in clauses else "TARGET_LAG"
    if disabled:
        yield Hit(
            f"{step.label} has TARGET_LAG and SCHEDULER = DISABLE: only one is allowed",
            step.clause_at(word),
            "",
            step.label,
        )
    seconds = lag_seconds(lag)
    if seconds is not None and seconds < 60:
        message = f"the lag of {step.label} is {lag}: at least 60 seconds are required"
        yield Hit(message, step.clause_at(word), f"write {word} = '1 minute'", step.label)
    elif word == "LAG":
        message = f"{step.label} says LAG, the word of the preview"
        yield Hit(message, step.clause_at("LAG"), "write TARGET_LAG", step.label, "warning")
    elif seconds is None and lag.upper() != "DOWNSTREAM" and "__" not in lag and "$" not in lag:
        message = f"the lag of {step.label}, {lag!r}, is none"
        yield Hit(
            message, step.clause_at(word), "write '<n> seconds|minutes|hours|days' or DOWNSTREAM", step.label, "warning"
        )


RULE = Rule(
    "SD503", "dynamic-table-clauses", "error",
    "A dynamic table needs a warehouse that refreshes it and a TARGET_LAG of a minute or more (or DOWNSTREAM); otherwise it is not "
    "made, or never refreshed.",
    check,
    bad="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' AS SELECT ID FROM RAW.T; -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 minute' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
""",
    source="H33",
)  # fmt: skip
