"""EXECUTE TASK of a task that has a predecessor."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step, complete
from snowpipe_deploy.analysis.task_graphs import Task, task_graphs
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import name_at


def check(program: Program) -> Iterator[Hit]:
    graphs = task_graphs(program)
    for step in program.statements if graphs.tasks else ():
        body = program.body(step)
        for inner in body.statements if body is not None else ():
            name = _executed(inner)
            found = graphs.find(_full(program, step, name), step) if name is not None else []
            if found and all(_is_child(task) for task in found):
                roots = ", ".join(str(root.step.head.name) for root in graphs.roots(found[0])) or "the root"
                yield Hit(
                    f"{found[0].label} runs after another task: EXECUTE TASK takes only roots",
                    step.at(inner.at),
                    f"EXECUTE TASK {roots}, which runs the whole graph",
                    found[0].label,
                )


def _executed(inner: Inner) -> ObjectName | None:
    words = [token.upper for token in inner.tokens[:2]]
    if words != ["EXECUTE", "TASK"] or len(inner.tokens) < 3:
        return None
    return name_at(inner.tokens, 2)[0]


def _full(program: Program, step: Step, name: ObjectName) -> ObjectName:
    return complete(name, "TASK", *program.scope(step))


def _is_child(task: Task) -> bool:
    return "AFTER" in task.step.head.clauses and bool(task.parents)


RULE = Rule(
    "SD222", "execute-child-task", "error",
    "Only a root or a standalone task can be executed; for a child the statement fails. Execute the root, or run what the child's "
    "body does.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
EXECUTE TASK RAW.CHILD; -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
EXECUTE TASK RAW.ROOT;
""",
    source="H64",
)  # fmt: skip
