"""CREATE OR REPLACE of a stage or pipe that something hangs on."""

from collections.abc import Iterator
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.rule import Hit, Rule

_LOST = {
    "STAGE": "its directory table is emptied, pipes on it stop, internal files are lost",
    "PIPE": "the history of loaded files is lost",
}
_BOUND = frozenset({"PIPE", "EXTERNAL TABLE", "STREAM"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if not step.creates or step.kind not in _LOST or "OR REPLACE" not in step.head.modifiers:
            continue
        dependants = _dependants(program).get(step.index, [])
        left = [other for other in dependants if not program.before(step, other)]
        names = ", ".join(other.label for other in left)
        yield Hit(
            f"{step.label} is replaced in every run: {_LOST[step.kind]}" + (f" ({names})" if names else ""),
            step.statement.where, f"CREATE {step.kind} IF NOT EXISTS, and ALTER for changes", step.label,
            severity=None if step.kind == "PIPE" or left else "info",
        )  # fmt: skip


@lru_cache(maxsize=4)
def _dependants(program: Program) -> dict[int, list[Step]]:
    """For every stage the pipes, external tables and streams that are bound to it."""
    found: dict[int, list[Step]] = {}
    for step in program.statements:
        if not step.creates or step.kind not in _BOUND:
            continue
        for use in program.uses(step):
            for made in program.find("STAGE", use.name, step) if use.kind == "STAGE" else ():
                found.setdefault(made.step.index, []).append(step)
    return found


RULE = Rule(
    "SD406", "stage-or-pipe-replaced", "warning",
    "A replaced stage is a new object: pipes on it stop, its directory table is empty, external tables lose it. A replaced pipe"
    " forgets what it has loaded, and may load it again. Make them once, and alter them.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE OR REPLACE PIPE RAW.ORDERS_PIPE AUTO_INGEST = TRUE AS -- !
COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = SKIP_FILE;
""",
    good="""
CREATE STAGE IF NOT EXISTS RAW.FILES URL = 's3://bucket/orders/' STORAGE_INTEGRATION = S3;
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER);
CREATE PIPE IF NOT EXISTS RAW.ORDERS_PIPE AUTO_INGEST = TRUE AS
COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = SKIP_FILE;
""",
    for_scripts=True,
    source="H43",
)  # fmt: skip
