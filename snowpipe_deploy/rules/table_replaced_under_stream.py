"""CREATE OR REPLACE TABLE of a table that a stream stands on."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import sources
from snowpipe_deploy.analysis.program import Program, Step, same
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program).streams
    replaced = _replaced(program)
    for stream in streams:
        for name in sources(program, stream):
            for step in replaced.get(name.last, ()):
                if (
                    step.name is not None
                    and same(step.name, name)
                    and program.before(stream.step, step)
                    and not _remade(program, stream, step)
                ):
                    yield _hit(stream, step)


def _replaced(program: Program) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in program.statements:
        if (
            step.creates
            and step.kind in {"TABLE", "ICEBERG TABLE"}
            and "OR REPLACE" in step.head.modifiers
            and step.name is not None
        ):
            found.setdefault(step.name.last, []).append(step)
    return found


def _remade(program: Program, stream: Stream, step: Step) -> bool:
    """Is the stream dropped before, or made again after the table?"""
    for other in program.later(stream.step):
        if other.kind == "STREAM" and other.name is not None and same(other.name, stream.name):
            if other.verb == "DROP" and other.index < step.index:
                return True
            if other.creates and other.index > step.index:
                return True
    return False


def _hit(stream: Stream, step: Step) -> Hit:
    return Hit(
        f"{stream.label} stands on {step.label}, which is replaced here: its rows and the stream are lost",
        step.statement.where,
        "change the table with ALTER TABLE, or CREATE OR ALTER TABLE",
        step.label,
    )


RULE = Rule(
    "SD107", "table-replaced-under-stream", "error",
    "A stream belongs to the table it was made on, not to the table's name: once that is replaced, reading the stream fails. "
    "Change the table in place with ALTER TABLE or CREATE OR ALTER TABLE.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE OR REPLACE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER); -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
ALTER TABLE RAW.ORDERS ADD COLUMN IF NOT EXISTS AMOUNT NUMBER;
""",
    for_scripts=True,
    source="H07",
)  # fmt: skip
