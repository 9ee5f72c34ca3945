"""INSERT … SELECT * from a stream."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.consumption import place, source_query
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import Select, Tokens, has_star
from snowpipe_deploy.analysis.streams import Reading, Stream, streams_of
from snowpipe_deploy.analysis.tables import tables_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import closing


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    for stream in streams.streams:
        for reading in streams.consumers(stream):
            if reading.run.inner.verb == "INSERT" and (select := _star_over(reading)) is not None:
                severity = _severity(program, stream, reading, select)
                if severity is not None:
                    yield _hit(stream, reading, severity)


def _star_over(reading: Reading) -> Select | None:
    """The outermost SELECT that takes all columns of the stream."""
    for select in source_query(reading.run.inner).selects:
        for relation in select.relations:
            if relation.at == reading.use.at and any(_takes_all(item, relation.called) for item in select.items):
                return select
    return None


def _takes_all(item: Tokens, called: str) -> bool:
    if not has_star(item) or any(t.upper in {"EXCLUDE", "ILIKE"} for t in item):
        return False
    return item[0].text == "*" or item[0].text.strip('"').upper() == called.upper()


def _severity(program: Program, stream: Stream, reading: Reading, select: Select) -> Severity | None:
    """An error where the target is known to have no column for the metadata; None where it has."""
    target = next((u.name for u in reading.run.inner.uses if u.access == "writes"), None)
    if target is None:
        return None
    owner, tables = reading.run.owner, tables_of(program)
    table = tables.of(program.within(owner, target), owner)
    source = tables.of(stream.source, stream.step)
    room = _listed(reading.run.inner) or (len(table.columns) if table is not None else 0)
    if table is not None and any(_keeps_metadata(name) for name in table.columns):
        return None
    if not room or len(select.items) > 1 or len(select.relations) > 1:
        return "warning"
    if source is None:
        return "error" if table is not None else "warning"
    # a count that is known to be wrong is an error of column-count; this says where the columns come from
    return None if room == len(source.columns) + 3 else "info"


def _keeps_metadata(column: str) -> bool:
    return any(word in column for word in ("METADATA", "ACTION", "ISUPDATE", "IS_UPDATE", "ROW_ID", "ROWID"))


def _listed(inner: Inner) -> int:
    """How many columns INSERT INTO t (…) lists."""
    for i, token in enumerate(inner.tokens):
        if token.upper in {"SELECT", "WITH"}:
            return 0
        if token.text == "(" and inner.tokens[i + 1].upper not in {"SELECT", "WITH"}:
            return 1 + sum(t.text == "," for t in inner.tokens[i : closing(inner.tokens, i)])
    return 0


def _hit(stream: Stream, reading: Reading, severity: Severity) -> Hit:
    return Hit(
        f"* takes METADATA$ACTION, METADATA$ISUPDATE and METADATA$ROW_ID of {stream.label} along",
        place(reading),
        "name the columns, or * EXCLUDE (METADATA$ACTION, METADATA$ISUPDATE, METADATA$ROW_ID)",
        stream.label,
        severity,
    )


RULE = Rule(
    "SD105", "stream-star", "error",
    "The columns of a stream are those of its source and three metadata columns, and `*` takes all of them. "
    "The INSERT fails because their number is wrong; name the columns.",
    check,
    bad="""
CREATE STREAM SALES.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE SALES.SOLD (ID NUMBER, AMOUNT NUMBER);
INSERT INTO SALES.SOLD SELECT * FROM SALES.NEW_ORDERS; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER, AMOUNT NUMBER);
INSERT INTO RAW.SALES (ID, AMOUNT) SELECT ID, AMOUNT FROM RAW.NEW_ORDERS;
""",
    source="H05",
)  # fmt: skip
