"""A root that is resumed before the last task of its graph is made and resumed."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_states import Change, changes
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    made = {(step.sequence, step.name) for step in program.statements if step.creates and step.kind == "TASK"}
    late: dict[tuple[int, str], list[Change]] = {}
    for change in changes(program):
        created = change.first and (change.step.sequence, change.root) in made
        if change.known and (change.action == "RESUME" or created):
            late.setdefault((change.resumed.index, str(change.root)), []).append(change)
    for changed in late.values():
        yield _hit(changed)


def _hit(changed: list[Change]) -> Hit:
    first, root = changed[0], changed[0].root
    names = ", ".join(dict.fromkeys(str(c.name) for c in changed))
    does = "made" if first.first else "resumed"
    return Hit(
        f"root task {root} is resumed before {names}: line {first.step.statement.where.line}, where {first.name} is {does}, "
        "fails with error 091421",
        first.resumed.statement.where,
        f"move ALTER TASK {root} RESUME behind the RESUME of the last child",
        f"task {root}",
    )


RULE = Rule(
    "SD204", "root-resumed-too-early", "error",
    "Once the root is started, no task of its graph can be made or resumed (error 091421), so the children stay suspended. "
    "Resume the children first and the root last.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.ROOT RESUME; -- !
ALTER TASK RAW.CHILD RESUME;
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
    for_scripts=True,
    source="H18",
)  # fmt: skip
