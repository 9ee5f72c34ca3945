"""A setting that belongs to the root of a graph, on a task below it."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule

_REFUSED = ("OVERLAP_POLICY", "ALLOW_OVERLAPPING_EXECUTION", "TASK_AUTO_RETRY_ATTEMPTS")
_IGNORED = ("CONFIG", "SUSPEND_TASK_AFTER_NUM_FAILURES", "ERROR_INTEGRATION", "SUCCESS_INTEGRATION")
_DEFAULTS = frozenset({"FALSE", "NO_OVERLAP", "0"})


def check(program: Program) -> Iterator[Hit]:
    for task in task_graphs(program).tasks:
        if not ({"AFTER", "FINALIZE"} & set(task.step.head.clauses)):
            continue
        for word in (*_REFUSED, *_IGNORED):
            if word in task.step.head.clauses:
                yield _hit(task, word)


def _hit(task: Task, word: str) -> Hit:
    refused = word in _REFUSED
    certain = refused and "AFTER" in task.step.head.clauses and task.step.clause(word).upper() not in _DEFAULTS
    severity: Severity = "error" if certain else "warning"
    fate = "Snowflake refuses it" if refused else "it has no effect there"
    return Hit(
        f"{task.label} is not a root, but sets {word}: {fate}",
        task.step.clause_at(word),
        f"set {word} on the root",
        task.label,
        severity,
    )


RULE = Rule(
    "SD209", "root-property-on-child", "error",
    "Overlap and retries belong to the whole graph and are refused on a child; CONFIG, the failure limit and notifications are "
    "ignored there. Set them on the root.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH TASK_AUTO_RETRY_ATTEMPTS = 2 AFTER RAW.ROOT AS CALL RAW.LOAD(); -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' TASK_AUTO_RETRY_ATTEMPTS = 2 AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD RESUME;
ALTER TASK RAW.ROOT RESUME;
""",
    source="H23",
)  # fmt: skip
