"""CREATE OR REPLACE STREAM, which begins at now."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step, same
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    makers = _makers(program)
    for stream in streams.streams:
        step = stream.step
        if (
            "OR REPLACE" not in step.head.modifiers
            or step.clause("AT")
            or step.clause("BEFORE")
            or step.clause("CLONE")
        ):
            continue
        earlier = [
            s
            for s in makers.get(stream.name.last, ())
            if s.kind == "STREAM" and _is_before(program, s, step, stream.name)
        ]
        if _rebuilt(program, makers, stream, earlier):
            continue
        consumed = any(program.before(r.owner, step) for r in streams.consumers(stream) if r.task is not None)
        again = any(s.path != step.path for s in earlier) or (earlier and consumed)
        yield _hit(stream, "error" if again else "warning", earlier)


def _hit(stream: Stream, severity: Severity, earlier: list[Step]) -> Hit:
    since = f" (it is made in {earlier[0].path}:{earlier[0].statement.where.line} already)" if earlier else ""
    return Hit(
        f"OR REPLACE sets {stream.label} to now{since}: changes that nobody has read are lost",
        stream.step.statement.where,
        f"CREATE STREAM IF NOT EXISTS, or AT (STREAM => '{stream.name}') where its properties must change",
        stream.label,
        severity,
    )


def _makers(program: Program) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in program.statements:
        if step.creates and step.name is not None and "IF NOT EXISTS" not in step.statement.text[:80].upper():
            found.setdefault(step.name.last, []).append(step)
    return found


def _rebuilt(program: Program, makers: dict[str, list[Step]], stream: Stream, earlier: list[Step]) -> bool:
    """Is its source made anew before it, and no other stream since? Then a new stream is all there can be."""
    since = max((s.index for s in earlier), default=-1)
    tables = [s for s in makers.get(stream.source.last, ()) if s.kind != "STREAM" and s.index > since]
    return any(_is_before(program, s, stream.step, stream.source) for s in tables)


def _is_before(program: Program, step: Step, other: Step, name: ObjectName) -> bool:
    return step.name is not None and same(step.name, name) and program.before(step, other)


RULE = Rule(
    "SD106", "stream-replaced", "warning",
    "A replaced stream begins at the moment it is made; what its predecessor had not delivered is gone. "
    "Use IF NOT EXISTS, or take the position over with AT (STREAM => '…').",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE OR REPLACE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
""",
    for_scripts=True,
    source="H06",
)  # fmt: skip
