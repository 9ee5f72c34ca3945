"""CREATE OR REPLACE VIEW of a view that a stream stands on."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step, same
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    replaced = _replaced(program)
    for stream in streams_of(program).streams if replaced else ():
        for name in _views(program, stream):
            for step in replaced.get(name.last, ()):
                if (
                    step.name is not None
                    and same(step.name, name)
                    and program.before(stream.step, step)
                    and not _remade(program, stream, step)
                ):
                    yield _hit(stream, step)


def _views(program: Program, stream: Stream) -> list[ObjectName]:
    """The view that a stream stands on, and the views below that."""
    found, todo, seen = [], [(stream.source, stream.step)], set()
    while todo:
        name, near = todo.pop()
        for made in program.find("relation", name, near):
            if made.step.kind == "VIEW" and not made.inside and made.step.index not in seen:
                seen.add(made.step.index)
                found.append(made.name)
                todo += [(use.name, made.step) for use in program.uses(made.step) if use.access == "reads"]
    return list(dict.fromkeys(found))


def _replaced(program: Program) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in program.statements:
        if step.creates and step.kind == "VIEW" and "OR REPLACE" in step.head.modifiers and step.name is not None:
            found.setdefault(step.name.last, []).append(step)
    return found


def _remade(program: Program, stream: Stream, step: Step) -> bool:
    return any(
        other.kind == "STREAM" and other.creates and other.name is not None and same(other.name, stream.name)
        for other in program.later(step)
    )


def _hit(stream: Stream, step: Step) -> Hit:
    return Hit(
        f"{stream.label} stands on {step.label}, which is replaced here: the stream cannot be read any more",
        step.statement.where,
        "make a new view and a new stream on it, or make the stream again in the same script once it is empty",
        step.label,
    )


RULE = Rule(
    "SD108", "view-replaced-under-stream", "error",
    "A stream belongs to the view it was made on, not to the view's name: once that is replaced, reading the stream fails. "
    "Make a second view with its own stream, or consume what is left and make the stream again.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE VIEW IF NOT EXISTS RAW.LARGE_ORDERS AS SELECT ID FROM RAW.ORDERS WHERE AMOUNT > 100;
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON VIEW RAW.LARGE_ORDERS APPEND_ONLY = TRUE;
CREATE OR REPLACE VIEW RAW.LARGE_ORDERS AS SELECT ID, AMOUNT FROM RAW.ORDERS WHERE AMOUNT > 100; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE VIEW IF NOT EXISTS RAW.LARGE_ORDERS AS SELECT ID FROM RAW.ORDERS WHERE AMOUNT > 100;
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON VIEW RAW.LARGE_ORDERS APPEND_ONLY = TRUE;
CREATE VIEW IF NOT EXISTS RAW.LARGE_ORDERS_2 AS SELECT ID, AMOUNT FROM RAW.ORDERS WHERE AMOUNT > 100;
""",
    for_scripts=True,
    source="H08",
)  # fmt: skip
