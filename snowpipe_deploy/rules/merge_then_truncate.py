"""A staging table that is read, and then emptied of rows that have come since."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.consumption import settings
from snowpipe_deploy.analysis.program import Program, Run, Step
from snowpipe_deploy.analysis.tables import Write, tables_of
from snowpipe_deploy.analysis.task_graphs import task_graphs
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    called = {
        step.index for step in program.statements if _runs(step) for run in program.runs(step) for step in run.via
    }
    for step in program.statements:
        if _runs(step) or (step.creates and step.kind == "PROCEDURE" and step.index not in called):
            yield from _in_body(program, step)
    yield from _in_scripts(program)


def _runs(step: Step) -> bool:
    return (step.creates and step.kind in {"TASK", "ALERT"}) or step.verb in {"BEGIN", "DECLARE", "EXECUTE"}


def _in_body(program: Program, step: Step) -> Iterator[Hit]:
    runs = program.runs(step)
    if not any(_empties(run.inner) for run in runs):
        return
    inside = settings(runs)
    own = _of_graph(program, step)
    for i, run in enumerate(runs):
        if not _empties(run.inner) or inside[i].handled:
            continue
        name = _target(program, run)
        for j in range(i):
            if (
                name is None
                or not _reads(program, runs[j], name)
                or (inside[j].transaction and inside[j].transaction == inside[i].transaction)
            ):
                continue
            writes = [w for w in tables_of(program).writes(name, run.owner) if w.verb in {"INSERT", "COPY", "MERGE"}]
            others = [w for w in writes if (w.step.index, w.inner.at) not in own]
            if (severity := _severity(program, name, run, writes, others)) is not None:
                yield _hit(name, runs[j], run, others, severity)
            break


def _of_graph(program: Program, step: Step) -> set[tuple[int, int]]:
    """The statements that never run at the same time as those of a step: its own, and those of its task graph."""
    graphs = task_graphs(program)
    task = graphs.of(step)
    roots = [root.step.index for root in graphs.roots(task)] if task is not None else []
    steps = [t.step for t in graphs.tasks if any(r.step.index in roots for r in graphs.roots(t))] if roots else [step]
    return {(run.owner.index, run.inner.at) for one in steps for run in program.runs(one)}


def _severity(
    program: Program, name: ObjectName, run: Run, writes: list[Write], others: list[Write]
) -> Severity | None:
    """An error where a pipe or another graph fills it; silent where only the same body or graph does, or the table is its own."""
    if any(
        m.inside or m.step.head.modifiers & {"TEMPORARY", "TEMP"} for m in program.find("relation", name, run.owner)
    ):
        return None
    if any(w.step.kind == "PIPE" or _is_scheduled(w.step) for w in others):
        return "error"
    return "warning" if others or not writes else None


def _is_scheduled(step: Step) -> bool:
    """A task that runs by its own clock, not after this one."""
    return step.kind == "TASK" and step.creates and not step.clause("AFTER")


def _in_scripts(program: Program) -> Iterator[Hit]:
    """Plain statements of a file: where a pipe, task or procedure fills what they empty."""
    for step in program.statements:
        body = program.body(step) if step.verb in {"TRUNCATE", "DELETE"} else None
        if body is None or not body.statements or not _empties(body.statements[0]):
            continue
        run = Run(body.statements[0], step)
        name = _target(program, run)
        others = [w for w in tables_of(program).writes(name, step) if w.step.creates] if name is not None else []
        if name is None or not others:
            continue
        for other in program.steps[max(0, step.index - 10) : step.index]:
            above = program.body(other) if other.path == step.path and other.verb in {"MERGE", "INSERT"} else None
            if above is not None and any(_reads(program, Run(inner, other), name) for inner in above.statements):
                yield _hit(name, Run(above.statements[0], other), run, others, "warning")
                break


def _empties(inner: Inner) -> bool:
    return inner.verb == "TRUNCATE" or (inner.verb == "DELETE" and not inner.has("WHERE", "USING"))


def _target(program: Program, run: Run) -> ObjectName | None:
    return next(
        (program.within(run.owner, u.name) for u in run.inner.uses if u.access == "writes" and u.kind == "relation"),
        None,
    )


def _reads(program: Program, run: Run, name: ObjectName) -> bool:
    """Does a MERGE or INSERT take rows of the table?"""
    if run.inner.verb not in {"MERGE", "INSERT"}:
        return False
    uses = [u for u in run.inner.uses if u.access == "reads" and u.kind == "relation" and u.name.last == name.last]
    return any(program.within(run.owner, u.name) == name for u in uses)


def _hit(name: ObjectName, reading: Run, emptying: Run, others: list[Write], severity: Severity) -> Hit:
    who = f"by {others[0].step.label}" if others and others[0].step.creates else "meanwhile"
    return Hit(
        f"{name} is read in line {reading.where.line} and emptied here: rows that come {who} in between are lost",
        emptying.where,
        "consume it through a stream, or delete only the rows that were read",
        emptying.owner.label,
        severity,
    )


RULE = Rule(
    "SD305", "merge-then-truncate", "error",
    "Between the statement that reads a staging table and the one that empties it more rows may come; they are deleted and nobody has read them. "
    "Use a stream on the table, or delete what was read by its key or load time.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STAGE RAW.FILES;
CREATE TABLE RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY);
CREATE PIPE RAW.ORDERS_PIPE AS COPY INTO RAW.ORDERS FROM (SELECT $1 FROM @RAW.FILES) ON_ERROR = SKIP_FILE;
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES'
AS BEGIN
  INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.ORDERS;
  TRUNCATE TABLE RAW.ORDERS; -- !
END;
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STAGE IF NOT EXISTS RAW.FILES;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY);
CREATE PIPE IF NOT EXISTS RAW.ORDERS_PIPE AS COPY INTO RAW.ORDERS FROM (SELECT $1 FROM @RAW.FILES) ON_ERROR = SKIP_FILE;
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
ALTER TASK RAW.LOAD RESUME;
""",
)  # fmt: skip
