"""A standard stream whose rows are taken as data, deletes and old images included."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import (
    discards,
    feeds,
    history,
    is_standard,
    place,
    select_of,
    tells_actions_apart,
)
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import has_star
from snowpipe_deploy.analysis.streams import Reading, Stream, streams_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    for stream in streams.streams:
        readings = [r for r in streams.consumers(stream) if _takes_all(r)] if is_standard(stream) else []
        if readings:
            past = history(program, stream)
            yield from (_hit(stream, reading, past) for reading in readings)


def _takes_all(reading: Reading) -> bool:
    """Does an INSERT or MERGE take the rows without a look at what happened to them? A `*` takes the metadata columns along."""
    inner = reading.run.inner
    if inner.verb not in {"INSERT", "MERGE"} or tells_actions_apart(inner) or discards(inner) or not feeds(reading):
        return False
    found = select_of(reading)
    return found is None or inner.verb == "MERGE" or not any(has_star(item) for item in found[0].items)


def _hit(stream: Stream, reading: Reading, past: str) -> Hit:
    return Hit(
        f"{reading.run.inner.verb} takes every row of the standard {stream.label}: the old image of an update and deleted rows become data",
        place(reading),
        "filter by METADATA$ACTION and METADATA$ISUPDATE, or make the stream APPEND_ONLY = TRUE",
        stream.label,
        _severity(stream, reading, past),
    )


def _severity(stream: Stream, reading: Reading, past: str) -> Severity | None:
    """An error where the program itself changes rows of the source; rows that are only counted or listed once do less harm."""
    found = select_of(reading)
    gathered = found is not None and (found[0].distinct or found[0].aggregates or bool(found[0].clause("GROUP")))
    return None if past == "changed" and stream.source_kind == "TABLE" and not gathered else "warning"


RULE = Rule(
    "SD103", "stream-without-action-filter", "error",
    "A standard stream delivers an update as a DELETE and an INSERT row, and a delete as a DELETE row. "
    "A statement that takes all of them as data stores old values again and revives deleted rows.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE STREAM RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TABLE RAW.SALES (ID NUMBER, AMOUNT NUMBER);
UPDATE RAW.ORDERS SET AMOUNT = 0 WHERE AMOUNT < 0;
INSERT INTO RAW.SALES (ID, AMOUNT)
SELECT ID, AMOUNT FROM RAW.ORDER_CHANGES; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE STREAM IF NOT EXISTS RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
UPDATE RAW.ORDERS SET AMOUNT = 0 WHERE AMOUNT < 0;
MERGE INTO RAW.SALES AS D
USING (
  SELECT ID, AMOUNT, METADATA$ACTION AS ACTION FROM RAW.ORDER_CHANGES WHERE NOT (METADATA$ACTION = 'DELETE' AND METADATA$ISUPDATE)
) AS S ON D.ID = S.ID
WHEN MATCHED AND S.ACTION = 'DELETE' THEN DELETE
WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED AND S.ACTION = 'INSERT' THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
    source="H03",
)  # fmt: skip
