"""A dynamic table that shall be fresher than what it reads."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import dynamic_tables
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.schedule import lag_seconds


def check(program: Program) -> Iterator[Hit]:
    tables = dynamic_tables(program)
    for table in tables.values():
        own = lag_seconds(table.lag)
        for upstream in table.upstream:
            above = tables[upstream.index]
            lag = lag_seconds(above.lag)
            if own is not None and lag is not None and own < lag and not table.altered and not above.altered:
                yield Hit(
                    f"the lag of {table.step.label} is {table.lag}, below the {above.lag} of {upstream.label} that it reads",
                    table.step.clause_at("TARGET_LAG"),
                    f"give it at least '{above.lag}', or {upstream.head.name} TARGET_LAG = DOWNSTREAM",
                    table.step.label,
                )


RULE = Rule(
    "SD504", "lag-below-upstream", "error",
    "The lag of a dynamic table must not be below that of a dynamic table it reads: Snowflake refuses it. Set the upstream to "
    "DOWNSTREAM and the lag on the last table.",
    check,
    bad="""
CREATE DYNAMIC TABLE GOLD.A TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
CREATE DYNAMIC TABLE GOLD.B TARGET_LAG = '5 minutes' WAREHOUSE = LOAD_WH AS SELECT ID FROM GOLD.A; -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.A TARGET_LAG = DOWNSTREAM WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
CREATE DYNAMIC TABLE GOLD.B TARGET_LAG = '5 minutes' WAREHOUSE = LOAD_WH AS SELECT ID FROM GOLD.A;
""",
    source="H34",
)  # fmt: skip
