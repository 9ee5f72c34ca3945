"""DML into a dynamic table."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import dynamic_tables
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule

_DML = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY"})


def check(program: Program) -> Iterator[Hit]:
    names = {table.step.name.last for table in dynamic_tables(program).values() if table.step.name is not None}
    for step in program.statements if names else ():
        body = program.body(step)
        for inner in body.statements if body is not None and not body.is_query else ():
            for use in inner.uses if inner.verb in _DML else ():
                if use.access != "writes" or use.kind != "relation" or use.name.last not in names:
                    continue
                found = program.find("relation", program.within(step, use.name), step)
                if found and all(made.kind == "DYNAMIC TABLE" for made in found):
                    yield Hit(
                        f"{inner.verb} on {use.name}, a dynamic table: it is filled by its query alone",
                        step.at(inner.at + use.at),
                        "change the tables that it reads, or its query",
                        f"dynamic table {use.name}",
                    )


RULE = Rule(
    "SD507", "dynamic-table-dml", "error",
    "A dynamic table holds what its query gives; INSERT, UPDATE, DELETE, MERGE and TRUNCATE on it are refused. Change its sources.",
    check,
    bad="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
DELETE FROM GOLD.D WHERE ID = 1; -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM RAW.T;
DELETE FROM RAW.T WHERE ID = 1;
""",
)  # fmt: skip
