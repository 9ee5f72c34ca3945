"""A scheduled root that nothing resumes."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import task_graphs
from snowpipe_deploy.analysis.task_states import starts
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs, started = task_graphs(program), starts(program)
    for task in graphs.tasks:
        runs = task.step.index in started.resumed or task.step.index in started.executed or started.unknown(task)
        if (
            not task.is_root
            or runs
            or "__" in task.name.last
            or not ("SCHEDULE" in task.properties or task.is_triggered)
        ):
            continue
        yield Hit(
            f"{task.label} is never resumed: it is created suspended and never runs",
            task.step.at(),
            f"add ALTER TASK {task.step.head.name} RESUME after the last task of its graph",
            task.label,
            "info" if task.name.last.upper() in started.commented else None,
        )
    yield from _alerts(program)


_RESUMED = re.compile(r"\bALTER\s+ALERT\s+(?:IF\s+EXISTS\s+)?(?:([\w.$\"]+)\s+RESUME\b|')", re.IGNORECASE)


def _alerts(program: Program) -> Iterator[Hit]:
    """Alerts are created suspended too."""
    alerts = [step for step in program.statements if step.creates and step.kind == "ALERT" and step.name is not None]
    texts = [step.statement.text for step in program.statements] if alerts else []
    resumed = {
        (match[1] or "").upper().replace('"', "").rpartition(".")[2] for t in texts for match in _RESUMED.finditer(t)
    }
    for step in alerts:
        last = step.name.last.upper() if step.name is not None else ""
        if last in resumed or "" in resumed or "__" in last or not step.clause("SCHEDULE"):
            continue
        message = f"{step.label} is never resumed: it is created suspended and never looks"
        yield Hit(message, step.at(), f"add ALTER ALERT {step.head.name} RESUME", step.label)


RULE = Rule(
    "SD203", "root-never-resumed", "warning",
    "A task is created suspended, so its schedule does nothing before somebody resumes it; so is an alert. Resume it at the end of the script.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT(); -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
ALTER TASK RAW.ROOT RESUME;
""",
    for_scripts=True,
    source="H18",
)  # fmt: skip
