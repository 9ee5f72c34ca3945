"""A dynamic table that reads what dynamic tables cannot read."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.dynamic_tables import dynamic_tables
from snowpipe_deploy.analysis.program import Made, Program
from snowpipe_deploy.rule import Hit, Rule

_KINDS = {"STREAM": "a stream", "EXTERNAL TABLE": "an external table", "MATERIALIZED VIEW": "a materialized view"}


def check(program: Program) -> Iterator[Hit]:
    for table in dynamic_tables(program).values():
        step = table.step
        for use in program.uses(step):
            if use.access != "reads" or use.kind not in {"relation", "STAGE", "STREAM"} or use.at < step.head.body_at:
                continue
            found = program.find("relation", use.name, step) if use.kind == "relation" else []
            whats = {_forbidden(made) for made in found}
            what = "a stage" if use.kind == "STAGE" else whats.pop() if len(whats) == 1 else ""
            if what:
                yield Hit(
                    f"{step.label} reads {use.name}, {what}: dynamic tables cannot",
                    step.at(use.at),
                    "load it into a table first (COPY, a pipe or a task), or read the base table",
                    step.label,
                )


def _forbidden(made: Made) -> str:
    if made.kind == "TABLE" and "TEMPORARY" in made.step.head.modifiers:
        return "a temporary table"
    return _KINDS.get(made.kind, "")


RULE = Rule(
    "SD506", "dynamic-table-source", "error",
    "A dynamic table reads tables, views and other dynamic tables; streams, external and temporary tables, materialized views and "
    "stages are refused. Load them into a table first.",
    check,
    bad="""
CREATE STREAM RAW.ORDERS_NEW ON TABLE RAW.ORDERS;
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS
SELECT ID FROM RAW.ORDERS_NEW; -- !
""",
    good="""
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS
SELECT ID FROM RAW.ORDERS;
""",
    source="H36",
)  # fmt: skip
