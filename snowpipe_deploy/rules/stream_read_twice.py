"""A stream that one body consumes twice outside a transaction."""

from collections.abc import Iterator
from itertools import pairwise

from snowpipe_deploy.analysis.consumption import Setting, discards, place, settings
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.streams import Reading, Stream, streams_of
from snowpipe_deploy.analysis.tables import tables_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule

_FREE = Setting()


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    open_at = _open_transactions(program)
    for stream in (*streams.streams, *streams.elsewhere):
        by_owner: dict[int, list[Reading]] = {}
        for reading in streams.consumers(stream):
            by_owner.setdefault(reading.owner.index, []).append(reading)
        for readings in by_owner.values():
            yield from _in_body(program, stream, readings)
        if stream.is_elsewhere:
            continue  # what fills it between two statements of a script is not known
        plain = [
            all_of[0] for _, all_of in sorted(by_owner.items()) if not all_of[0].owner.creates and len(all_of) == 1
        ]
        yield from _in_script(program, stream, plain, open_at)


def _in_body(program: Program, stream: Stream, readings: list[Reading]) -> Iterator[Hit]:
    """The second reading in a task, procedure or block."""
    if len(readings) < 2:
        return
    runs = program.runs(readings[0].owner)
    setting = {id(run): s for run, s in zip(runs, settings(runs), strict=True)}
    first: Reading | None = None
    for reading in readings:
        mine = setting.get(id(reading.run), _FREE)
        if mine.handled or (first is not None and discards(reading.run.inner)):
            continue
        if first is None:
            first = reading
            continue
        before = setting.get(id(first.run), _FREE)
        if before.transaction and before.transaction == mine.transaction:
            continue
        if first.run.inner is reading.run.inner or (before.branches and mine.branches):
            continue
        if not _commits_itself(reading.run.owner):
            yield _hit(stream, first, reading, _severity(reading, before, mine))


def _commits_itself(owner: Step) -> bool:
    """Another language opens its transaction in strings that we do not follow."""
    return _is_foreign(owner) and "COMMIT" in owner.statement.text.upper()


def _is_foreign(owner: Step) -> bool:
    return owner.clause("LANGUAGE").upper() not in {"", "SQL"}


def _severity(reading: Reading, before: Setting, mine: Setting) -> Severity | None:
    """None where it certainly sees no rows. Another language may open its transaction where we do not look; a branch may end the body."""
    return "warning" if before.branches or mine.branches or _is_foreign(reading.run.owner) else None


def _hit(stream: Stream, first: Reading, reading: Reading, severity: Severity | None) -> Hit:
    line = place(first).line
    return Hit(
        f"{stream.label} has been consumed in line {line} already: outside a transaction the second statement sees no rows",
        place(reading),
        "put both between BEGIN TRANSACTION and COMMIT, or use one INSERT ALL",
        stream.label,
        severity,
    )


def _in_script(program: Program, stream: Stream, readings: list[Reading], open_at: set[int]) -> Iterator[Hit]:
    """Statements of a script that follow each other, the source not written to in between."""
    writes = sorted(w.step.index for w in tables_of(program).writes(stream.source, stream.step))
    for first, second in pairwise(readings):
        one, other = first.owner, second.owner
        if not _same_file(one, other) or one.index in open_at or discards(second.run.inner):
            continue
        if any(one.index < at < other.index for at in writes) or _refills(program, stream, one, other):
            continue
        yield _hit(stream, first, second, "warning")


def _same_file(one: Step, other: Step) -> bool:
    return one.path == other.path and one.statement.text != other.statement.text


def _refills(program: Program, stream: Stream, one: Step, other: Step) -> bool:
    """Does something run in between that may write anywhere, or is the stream made anew?"""
    between = program.steps[one.index + 1 : other.index]
    remade = any(s.kind == "STREAM" and s.name is not None and s.name.last == stream.name.last for s in between)
    return remade or any(s.verb in {"CALL", "EXECUTE", "BEGIN", "COPY"} for s in between)


def _open_transactions(program: Program) -> set[int]:
    """The plain statements between BEGIN TRANSACTION and COMMIT of a script."""
    found: set[int] = set()
    path, is_open = "", False
    for step in program.statements:
        words = step.statement.text.upper().rstrip(";").split()
        if step.path != path:
            path, is_open = step.path, False
        if words[:1] in (["BEGIN"], ["START"]) and words[1:2] in ([], ["TRANSACTION"], ["WORK"], ["NAME"]):
            is_open = True
        elif words[:1] in (["COMMIT"], ["ROLLBACK"]):
            is_open = False
        elif is_open:
            found.add(step.index)
    return found


RULE = Rule(
    "SD102", "stream-read-twice", "error",
    "Without a transaction each statement commits by itself, so the first one takes the stream's rows and the second sees none. "
    "Wrap both in BEGIN TRANSACTION … COMMIT, or write both tables by one INSERT ALL.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.SALES (ID NUMBER);
CREATE TABLE RAW.LOG (N NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS BEGIN
  INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
  INSERT INTO RAW.LOG (N) SELECT COUNT(*) FROM RAW.NEW_ORDERS; -- !
END;
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.LOG (N NUMBER);
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '5 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS')
AS BEGIN
  BEGIN TRANSACTION;
  INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.NEW_ORDERS;
  INSERT INTO RAW.LOG (N) SELECT COUNT(*) FROM RAW.NEW_ORDERS;
  COMMIT;
EXCEPTION
  WHEN OTHER THEN
    ROLLBACK;
    RAISE;
END;
ALTER TASK RAW.LOAD RESUME;
""",
    source="H02",
)  # fmt: skip
