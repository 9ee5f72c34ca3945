"""TARGET_LAG = DOWNSTREAM with nothing downstream that has a lag."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import DynamicTable, dynamic_tables
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    tables = dynamic_tables(program)
    driven = _driven(tables)
    refreshed = _refreshed(program, tables)
    for index, table in tables.items():
        if table.lag.upper() == "DOWNSTREAM" and not table.altered and index not in driven | refreshed:
            yield Hit(
                f"{table.step.label} waits for a dynamic table that reads it, and none with a lag of its own does: it is never refreshed",
                table.step.clause_at("TARGET_LAG"),
                "give it a lag: TARGET_LAG = '15 minutes'",
                table.step.label,
            )


def _driven(tables: dict[int, DynamicTable]) -> set[int]:
    """The tables above one that has a lag of its own."""
    found: set[int] = set()
    todo = [t for t in tables.values() if t.altered or t.lag.upper() != "DOWNSTREAM"]
    while todo:
        table = todo.pop()
        for step in (*table.upstream, *table.through_views):
            if step.index not in found:
                found.add(step.index)
                todo.append(tables[step.index])
    return found


def _refreshed(program: Program, tables: dict[int, DynamicTable]) -> set[int]:
    """The last names of tables that something refreshes by hand: then their lag does not matter."""
    texts = (
        [s.statement.text.upper() for s in program.statements if "REFRESH" in s.statement.text.upper()]
        if tables
        else []
    )
    by_hand = " ".join(text for text in texts if "DYNAMIC TABLE" in text and "ALTER" in text)
    return {i for i, t in tables.items() if t.step.name is not None and by_hand and t.step.name.last.upper() in by_hand}


RULE = Rule(
    "SD505", "downstream-without-consumer", "warning",
    "DOWNSTREAM refreshes a dynamic table only when one that reads it needs it; without such a table it is never refreshed, and nobody "
    "is told. Give the last table a lag.",
    check,
    bad="""
CREATE DYNAMIC TABLE GOLD.LEAF TARGET_LAG = DOWNSTREAM WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T; -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.MIDDLE TARGET_LAG = DOWNSTREAM WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
CREATE DYNAMIC TABLE GOLD.LEAF TARGET_LAG = '15 minutes' WAREHOUSE = LOAD_WH AS SELECT ID FROM GOLD.MIDDLE;
""",
    source="H35",
)  # fmt: skip
