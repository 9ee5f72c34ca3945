"""A procedure with caller's rights that a task runs, and that depends on the caller's session."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Run, Step
from snowpipe_deploy.analysis.task_graphs import task_graphs
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    told: set[int] = set()
    for task in task_graphs(program).tasks:
        for run in program.runs(task.step):
            owner = run.owner
            if owner is task.step or owner.index in told or not _callers_rights(owner):
                continue
            message = _depends(program, task.step, run)
            if message:
                told.add(owner.index)
                yield Hit(
                    f"{owner.label} runs with the rights of its caller in {task.label}, and {message}",
                    run.where,
                    "EXECUTE AS OWNER with qualified names and arguments instead of session variables",
                    owner.label,
                )


def _callers_rights(step: Step) -> bool:
    return "EXECUTE AS CALLER" in step.head.clauses


def _depends(program: Program, task: Step, run: Run) -> str:
    variable = next(
        (token.text for token in run.inner.tokens if token.kind == "variable" and not token.text[1:].isdigit()), ""
    )
    if variable:
        return f"uses the session variable {variable}: a task has none"
    if task.name is None or run.owner.name is None or len(task.name.parts) < 2 or len(run.owner.name.parts) < 2:
        return ""
    if task.name.parts[-2] == run.owner.name.parts[-2]:
        return ""
    bare = next(
        (u for u in run.inner.uses if len(u.name.parts) == 1 and u.kind == "relation" and "__" not in u.name.last), None
    )
    if bare is None or not program.find("relation", program.within(run.owner, bare.name), run.owner):
        return ""
    return f"names {bare.name} without schema: there that is {task.name.parent}.{bare.name}"


RULE = Rule(
    "SD223", "caller-rights-in-task", "warning",
    "A task calls with its own role and schema and without session variables, so a procedure with caller's rights does something "
    "else there than in a worksheet. Give it owner's rights, arguments and qualified names.",
    check,
    bad="""
CREATE PROCEDURE RAW.LOAD() RETURNS INT LANGUAGE SQL EXECUTE AS CALLER AS
$$
BEGIN
  INSERT INTO RAW.LOADS (DAY) VALUES ($DAY); -- !
  RETURN 1;
END;
$$;
CREATE TASK RAW.LOAD_DAILY WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.LOAD();
""",
    good="""
CREATE PROCEDURE RAW.LOAD(DAY DATE) RETURNS INT LANGUAGE SQL EXECUTE AS OWNER AS
$$
BEGIN
  INSERT INTO RAW.LOADS (DAY) VALUES (:DAY);
  RETURN 1;
END;
$$;
CREATE TASK RAW.LOAD_DAILY WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.LOAD(CURRENT_DATE());
ALTER TASK RAW.LOAD_DAILY RESUME;
""",
    source="H65",
)  # fmt: skip
