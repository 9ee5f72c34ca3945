"""A dynamic table that is silently refreshed in full every time."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import dynamic_tables, obstacles
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    tables = dynamic_tables(program)
    for table in tables.values():
        if table.mode != "AUTO":
            continue
        step = table.step
        found = [one for one in obstacles(step.head.body or "") if not one.never]
        full = [up for up in table.upstream if tables[up.index].mode == "FULL"]
        if found:
            why, where = ", ".join(one.what for one in found), step.at(step.head.body_at + found[0].at)
        elif full:
            why, where = f"its source {full[0].label} is", step.at()
        else:
            continue
        hint = "rewrite the query, or say REFRESH_MODE = FULL if that is meant"
        yield Hit(f"{step.label} is refreshed in full each time, because of {why}", where, hint, step.label)


RULE = Rule(
    "SD502", "dynamic-table-refreshes-fully", "warning",
    "Without REFRESH_MODE Snowflake decides once, when the table is made; a query that cannot be refreshed incrementally is then "
    "computed anew on every refresh. Rewrite it, or say FULL.",
    check,
    bad="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS
SELECT ID FROM RAW.A WHERE ID IN (SELECT ID FROM RAW.B); -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS
SELECT DISTINCT A.ID FROM RAW.A AS A JOIN RAW.B AS B ON A.ID = B.ID;
""",
    source="H32",
)  # fmt: skip
