"""A stream that two tasks or procedures consume."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import discards, place
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.streams import Reading, Stream, streams_of
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    dropped = _dropped(program)
    for stream in (*streams.streams, *streams.elsewhere):
        units = _units([r for r in streams.consumers(stream) if not discards(r.run.inner)])
        if len(units) < 2:
            continue
        first, *others = units
        for other in others:
            if not _ends_before(first, other, dropped):
                yield _hit(stream, first, other)


def _units(readings: list[Reading]) -> list[Reading]:
    """One reading for each task (procedure that no task calls) that consumes by a statement of its own; tasks first."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.task is None, r.owner.index)):
        if reading.owner.kind in {"TASK", "PROCEDURE"} and reading.owner.name is not None:
            found.setdefault((reading.owner.kind, reading.owner.name.last), reading)
    own: dict[tuple[int, int], Reading] = {}
    for reading in found.values():
        own.setdefault((reading.run.owner.index, reading.run.inner.at), reading)
    return list(own.values())


def _dropped(program: Program) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for step in program.statements:
        if step.verb == "DROP" and step.kind == "TASK" and step.name is not None:
            found.setdefault(step.name.last, []).append(step.index)
    return found


def _ends_before(one: Reading, other: Reading, dropped: dict[str, list[int]]) -> bool:
    """Is the earlier task dropped before the later one is made?"""
    early, late = sorted((one.owner, other.owner), key=lambda step: step.index)
    name = early.name.last if early.name is not None else ""
    return any(early.index < at < late.index for at in dropped.get(name, ()))


def _hit(stream: Stream, first: Reading, other: Reading) -> Hit:
    return Hit(
        f"{stream.label} is consumed here and by {first.owner.label}: whoever commits first takes the rows, the other sees none",
        place(other),
        f"give {other.owner.label} a stream of its own: CREATE STREAM … AT (STREAM => '{stream.name}')",
        stream.label,
        None if _is_sure(stream, first, other) else "warning",
    )


def _is_sure(stream: Stream, first: Reading, other: Reading) -> bool:
    """Two tasks; SQL in the strings of another language may stand in code that never runs, and a stream that no file makes may be
    another one in another file."""
    if stream.is_elsewhere and first.owner.path != other.owner.path:
        return False
    foreign = any(r.run.owner.clause("LANGUAGE").upper() not in {"", "SQL"} for r in (first, other))
    return first.task is not None and other.task is not None and not foreign


RULE = Rule(
    "SD101", "stream-with-two-consumers", "error",
    "The first DML that commits moves the offset of a stream, so a second consumer gets nothing, or both get a part. "
    "Make one stream for each consumer; a task that only counts rows is a consumer too when it stores the count.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.COUNTS (N NUMBER);
CREATE TABLE RAW.SALES (ID NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
CREATE TASK RAW.METRICS WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.COUNTS (N) SELECT COUNT(*) FROM RAW.NEW_ORDERS; -- !
ALTER TASK RAW.LOAD RESUME;
ALTER TASK RAW.METRICS RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE STREAM IF NOT EXISTS RAW.COUNTED_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.COUNTS (N NUMBER);
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER);
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
CREATE OR ALTER TASK RAW.METRICS WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.COUNTED_ORDERS')
AS INSERT INTO RAW.COUNTS (N) SELECT COUNT(*) FROM RAW.COUNTED_ORDERS;
ALTER TASK RAW.LOAD RESUME;
ALTER TASK RAW.METRICS RESUME;
""",
    source="H01",
)  # fmt: skip
