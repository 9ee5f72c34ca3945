"""SYSTEM$GET_PREDECESSOR_RETURN_VALUE with a name that is not a predecessor's, letter by letter."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.task_graphs import Task, TaskGraphs, task_graphs
from snowpipe_deploy.location import Location
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token, code

_FUNCTION = "SYSTEM$GET_PREDECESSOR_RETURN_VALUE"


def check(program: Program) -> Iterator[Hit]:
    graphs = task_graphs(program)
    for task in graphs.tasks:
        for where, argument in _calls(program, task):
            message, hint = _problem(graphs, task, argument)
            if message:
                yield Hit(f"{task.label}: {message}", where, hint, task.label)


def _calls(program: Program, task: Task) -> Iterator[tuple[Location, str | None]]:
    """Where the function is called in the task's WHEN and body, and with which name: None for none."""
    if _FUNCTION in task.when.upper():
        at = max(task.step.statement.text.find(task.when, task.step.head.name_end), 0)
        yield from ((task.step.at(at + offset), name) for offset, name in _arguments(code(task.when)))
    for run in program.runs(task.step):
        if _FUNCTION in run.inner.text.upper():
            yield from ((run.owner.at(run.inner.at + offset), name) for offset, name in _arguments(run.inner.tokens))


def _arguments(tokens: tuple[Token, ...]) -> Iterator[tuple[int, str | None]]:
    for i, token in enumerate(tokens[:-2]):
        if token.upper == _FUNCTION and tokens[i + 1].text == "(":
            if tokens[i + 2].text == ")":
                yield token.start, None
            elif tokens[i + 2].kind == "string" and i + 3 < len(tokens) and tokens[i + 3].text == ")":
                yield tokens[i + 2].start, tokens[i + 2].value


def _problem(graphs: TaskGraphs, task: Task, argument: str | None) -> tuple[str, str]:
    above = {t.name.last for t in graphs.ancestors(task)} | {name.last for name in task.parents}
    if argument is None:
        several = len(task.parents) > 1
        return (
            ("a return value without a task's name, but there are several predecessors", "name the task")
            if several
            else ("", "")
        )
    if "__" in argument or argument in above:
        return "", ""
    last = argument.rpartition(".")[2].strip('"')
    close = next((name for name in sorted(above) if name.upper() == last.upper()), last.upper())
    if "." in argument:
        return f"the name of the predecessor {argument!r} must be without schema", f"write '{close}'"
    if close in above:
        return f"{argument!r} is not {close!r}: the name of a predecessor is case-sensitive", f"write '{close}'"
    if task.parents and len(graphs.parents(task)) == len(task.parents):
        return f"{argument!r} is no task above it", f"write one of {', '.join(sorted(above))}"
    return "", ""


RULE = Rule(
    "SD220", "predecessor-name-case", "warning",
    "SYSTEM$GET_PREDECESSOR_RETURN_VALUE takes the name of a task above as Snowflake stores it: without schema, and in upper case "
    "unless it was quoted. With another name it fails when the task runs.",
    check,
    bad="""
CREATE TASK RAW.LOAD_A WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL SYSTEM$SET_RETURN_VALUE('3');
CREATE TASK RAW.TELL WAREHOUSE = LOAD_WH AFTER RAW.LOAD_A
AS CALL RAW.TELL(SYSTEM$GET_PREDECESSOR_RETURN_VALUE('load_a')); -- !
""",
    good="""
CREATE TASK RAW.LOAD_A WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL SYSTEM$SET_RETURN_VALUE('3');
CREATE TASK RAW.TELL WAREHOUSE = LOAD_WH AFTER RAW.LOAD_A
AS CALL RAW.TELL(SYSTEM$GET_PREDECESSOR_RETURN_VALUE('LOAD_A'));
ALTER TASK RAW.TELL RESUME;
ALTER TASK RAW.LOAD_A RESUME;
""",
    source="H62",
)  # fmt: skip
