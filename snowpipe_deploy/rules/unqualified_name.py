"""A name without a schema that is looked up where the object is not."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Made, Program, Step
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import Use

_KINDS = frozenset({"relation", "STREAM", "STAGE", "FILE FORMAT", "PROCEDURE", "SEQUENCE", "TASK", "FUNCTION"})
_BODIES = frozenset({"TASK", "PROCEDURE", "VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW", "PIPE", "STREAM"})
_SILENT = frozenset({"DROP", "UNDROP", "SHOW", "DESCRIBE", "USE"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb in _SILENT or "IF EXISTS" in step.head.modifiers or _changes_schema(program, step):
            continue
        told: set[str] = set()
        for use in program.uses(step):
            elsewhere = _elsewhere(program, step, use) if use.kind in _KINDS and use.name.last not in told else []
            if elsewhere:
                told.add(use.name.last)
                yield _hit(step, use, elsewhere[0], is_empty=_is_made_above(program, step, use))
        yield from _beside_its_when(program, step)


def _beside_its_when(program: Program, step: Step) -> Iterator[Hit]:
    """A task that asks for `STG.S` in its WHEN and reads `S`, which is looked up in the task's own schema."""
    if not step.creates or step.kind != "TASK":
        return
    uses = program.uses(step)
    asked = {use.name.last: use.name for use in uses if use.kind == "STREAM" and len(use.name.parts) > 1}
    for use in uses:
        stream = asked.get(use.name.last) if use.kind == "relation" and use.access == "reads" else None
        if (
            stream is None
            or len(use.name.parts) < 2
            or stream.parts[-2] == use.name.parts[-2]
            or "__" in f"{stream}{use.name}"
        ):
            continue
        if len(program.unqualified(step, use).parts) == 1 and not program.find("relation", use.name, step):
            if program.find("STREAM", stream, step):
                continue  # the files tell where it is: said above
            message = f"{step.label}: {use.name.last} is looked up in {use.name.parts[-2]}, but WHEN asks for {ObjectName(stream.parts[-2:])}"
            yield Hit(
                message, step.at(use.at), f"write {ObjectName(stream.parts[-2:])}", step.label, severity="warning"
            )


def _changes_schema(program: Program, step: Step) -> bool:
    body = program.body(step)
    return body is not None and step.creates and any(inner.verb == "USE" for inner in body.statements)


def _elsewhere(program: Program, step: Step, use: Use) -> list[Made]:
    """The objects of that name in other schemas, where the schema that is looked into has none."""
    if len(use.name.parts) < 2:
        return []
    kinds = ("relation", "STREAM") if use.kind in {"relation", "STREAM"} else (use.kind,)
    if any(program.find(kind, use.name, step) for kind in kinds) or "__" in str(use.name):
        return []
    if len(program.unqualified(step, use).parts) != 1:
        return []
    bare = ObjectName(use.name.parts[-1:])
    found = [made for kind in kinds for made in program.find(kind, bare, step)]
    return [m for m in found if len(m.name.parts) > 1 and m.name.parts[-2] != use.name.parts[-2] and _near(m, step)]


def _near(made: Made, step: Step) -> bool:
    """The same folder or one beside it: others may belong to another program."""
    one, other = made.step.path.split("/")[:-1], step.path.split("/")[:-1]
    return one == other or one[:-1] == other[:-1] or one == other[: len(one)] or other == one[: len(other)]


def _is_made_above(program: Program, step: Step, use: Use) -> bool:
    """Is the schema that is looked into made anew further up in the file, so that all it holds is known?"""
    return any(
        m.step.path == step.path
        and program.before(m.step, step)
        and "IF NOT EXISTS" not in m.step.head.modifiers
        and not m.inside
        for m in program.find("SCHEMA", use.name.parent, step)
        if "CLONE" not in m.step.head.clauses and m.step.verb == "CREATE"
    ) and not any(
        program.opaque(other) for other in program.statements if other.path == step.path and other.verb == "EXECUTE"
    )


def _hit(step: Step, use: Use, made: Made, *, is_empty: bool) -> Hit:
    beside = made.step.path.rpartition("/")[0] == step.path.rpartition("/")[0]
    in_body = step.creates and step.kind in _BODIES and "EXECUTE AS CALLER" not in step.head.clauses
    certain = (
        beside
        and not made.inside
        and (in_body or (is_empty and made.step.path == step.path and made.step.index < step.index))
    )
    schema = use.name.parts[-2]
    place = ObjectName(made.name.parts[-2:])
    return Hit(
        f"{step.label}: {use.name.last} is looked up in {schema}, but made in {made.name.parts[-2]}", step.at(use.at),
        f"write {place}", step.label, severity=None if certain else "warning",
    )  # fmt: skip


RULE = Rule(
    "SD704", "unqualified-name", "error",
    "A name without a schema in a task, procedure or view is looked up in the schema of that object, whatever schema was in use when it"
    " was made. Write the schema.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE TABLE GOLD.ORDER_LIST (ID NUMBER);
CREATE TASK OPS.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' AS
INSERT INTO ORDER_LIST (ID) -- !
SELECT ID FROM RAW.ORDERS;
ALTER TASK OPS.LOAD RESUME;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE TABLE GOLD.ORDER_LIST (ID NUMBER);
CREATE TASK OPS.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' AS
INSERT INTO GOLD.ORDER_LIST (ID)
SELECT ID FROM RAW.ORDERS;
ALTER TASK OPS.LOAD RESUME;
""",
    source="H46",
)  # fmt: skip
