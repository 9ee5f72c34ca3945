"""FORCE = TRUE in something that runs again and again."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program, same
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    scheduled = _scheduled(program)
    for copy in copies_of(program):
        if copy.option("FORCE") != "TRUE" or copy.step.kind not in {"TASK", "PROCEDURE"} or _emptied(program, copy):
            continue
        yield Hit(
            f"{copy.step.label} loads all files again in every run: FORCE = TRUE", copy.at(copy.options["FORCE"].at),
            "leave FORCE out: files that are loaded already are skipped", copy.step.label,
            severity=None if copy.step.index in scheduled else "info",
        )  # fmt: skip


def _scheduled(program: Program) -> frozenset[int]:
    """The tasks, and the procedures that they call."""
    tasks = [step for step in program.statements if step.creates and step.kind == "TASK"]
    return frozenset(step.index for step in tasks) | {run.owner.index for task in tasks for run in program.runs(task)}


def _emptied(program: Program, copy: Copy) -> bool:
    """Is the table emptied or made new above, so that loading everything is meant?"""
    body = program.body(copy.step)
    return body is not None and any(
        use.access == "writes" and same(program.within(copy.step, use.name), copy.target)
        for inner in body.statements
        if inner.at < copy.inner.at and inner.verb in {"TRUNCATE", "DELETE"}
        for use in inner.uses
    )


RULE = Rule(
    "SD405", "copy-force-in-schedule", "warning",
    "FORCE = TRUE loads files that are loaded already once more, so that every run of the task doubles their rows."
    " Leave it out: COPY remembers what it has loaded for 64 days.",
    check,
    bad="""
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' AS
COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = SKIP_FILE
FORCE = TRUE; -- !
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' AS
COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = SKIP_FILE
FORCE = FALSE;
ALTER TASK RAW.LOAD RESUME;
""",
    source="H42",
)  # fmt: skip
