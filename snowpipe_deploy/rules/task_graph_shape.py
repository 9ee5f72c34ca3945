"""A task graph that goes in a circle, or that has two roots."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.analysis.task_states import single
from snowpipe_deploy.location import Location
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    graphs = task_graphs(program)
    yield from _cycles(graphs)
    yield from _two_roots(graphs)


def _cycles(graphs: TaskGraphs) -> Iterator[Hit]:
    done: set[int] = set()
    for task in graphs.tasks:
        path = _walk(graphs, task, done)
        if path and all(single(graphs, one) for one in path):
            last = max(path, key=lambda one: _linked(one)[0])
            shown = " -> ".join(str(one.step.head.name) for one in [*reversed(path), path[-1]])
            yield Hit(
                f"tasks run in a circle: {shown}", _linked(last)[1], "take one of the predecessors away", last.label
            )


def _walk(graphs: TaskGraphs, start: Task, done: set[int]) -> list[Task]:
    """The tasks of a circle that is reached from `start` upwards; nothing where all ways end."""
    stack = [(start, iter(graphs.parents(start)))]
    open_: dict[int, int] = {start.step.index: 0}
    while stack and start.step.index not in done:
        task, above = stack[-1]
        parent = next(above, None)
        if parent is None:
            done.add(task.step.index)
            open_.pop(task.step.index, None)
            stack.pop()
        elif parent.step.index in open_:
            done |= set(open_)
            return [one for one, _ in stack[open_[parent.step.index] :]]
        elif parent.step.index not in done:
            open_[parent.step.index] = len(stack)
            stack.append((parent, iter(graphs.parents(parent))))
    return []


def _linked(task: Task) -> tuple[int, Location]:
    """The statement that gave a task its last predecessor: its place in the program, and in its file."""
    for event in reversed(task.events):
        if event.action == "ADD AFTER":
            return event.step.index, event.step.at()
    return task.step.index, task.step.clause_at("AFTER")


def _two_roots(graphs: TaskGraphs) -> Iterator[Hit]:
    for task in graphs.tasks:
        if len(task.parents) < 2:
            continue
        above = graphs.parents(task)
        if len(above) != len(task.parents) or not all(single(graphs, one) for one in [task, *above]):
            continue
        roots = [graphs.roots(one) for one in above]
        names = {root.step.index: str(root.step.head.name) for found in roots for root in found if single(graphs, root)}
        if len(names) > 1 and all(len(found) < 2 for found in roots):
            yield Hit(
                f"{task.label} is below {len(names)} roots: {', '.join(names.values())}; a graph has one",
                _linked(task)[1],
                "make one scheduled root, and the others run AFTER it",
                task.label,
            )


RULE = Rule(
    "SD206", "task-graph-shape", "error",
    "A circle, or two tasks without predecessor above one task, is accepted when the tasks are made and fails when the root is "
    "resumed. A graph has exactly one root, and every way down ends.",
    check,
    bad="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.A WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_A();
CREATE TASK RAW.B WAREHOUSE = LOAD_WH AFTER RAW.A AS CALL RAW.LOAD_B();
ALTER TASK RAW.A ADD AFTER RAW.B; -- !
""",
    good="""
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.A WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD_A();
CREATE TASK RAW.B WAREHOUSE = LOAD_WH AFTER RAW.ROOT, RAW.A AS CALL RAW.LOAD_B();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
""",
    source="H20",
)  # fmt: skip
