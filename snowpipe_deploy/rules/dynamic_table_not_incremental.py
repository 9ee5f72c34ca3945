"""A dynamic table whose query its refresh mode does not allow."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import dynamic_tables, obstacles
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    tables = dynamic_tables(program)
    for table in tables.values():
        step = table.step
        for one in obstacles(step.head.body or ""):
            if one.never or table.mode == "INCREMENTAL":
                why = (
                    "no dynamic table may have it"
                    if one.never
                    else "with REFRESH_MODE = INCREMENTAL that is error 002711"
                )
                hint = (
                    "take it out of the query" if one.never else "take it out of the query, or set REFRESH_MODE = FULL"
                )
                yield Hit(f"{step.label} has {one.what}: {why}", step.at(step.head.body_at + one.at), hint, step.label)
        full = [up for up in table.upstream if tables[up.index].mode == "FULL"]
        if table.mode == "INCREMENTAL" and full:
            yield Hit(
                f"{step.label} is INCREMENTAL, but reads {full[0].label}, which is refreshed in full",
                step.clause_at("REFRESH_MODE"),
                "make the upstream incremental, or give it a unique key",
                step.label,
                "warning",
            )


RULE = Rule(
    "SD501", "dynamic-table-not-incremental", "error",
    "Not every query can be refreshed incrementally: with REFRESH_MODE = INCREMENTAL Snowflake refuses the others, and a few "
    "constructs it refuses in every mode. Rewrite the query, or refresh in full.",
    check,
    bad="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH REFRESH_MODE = INCREMENTAL AS
SELECT ID, CURRENT_TIMESTAMP() AS LOADED_AT FROM RAW.T; -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH REFRESH_MODE = INCREMENTAL AS
SELECT ID, LOADED_AT FROM RAW.T WHERE LOADED_AT < CURRENT_TIMESTAMP();
""",
    source="H31",
)  # fmt: skip
