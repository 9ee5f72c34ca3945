"""A task or procedure that replaces the table that a stream stands on, at every run."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import name_at


def check(program: Program) -> Iterator[Hit]:
    by_source: dict[int, list[Stream]] = {}
    for stream in streams_of(program).streams:
        for made in program.find("relation", stream.source, stream.step):
            by_source.setdefault(made.step.index, []).append(stream)
    for owner, inner in statements(program) if by_source else ():
        name = _replaced(inner) if owner.creates and owner.kind in {"TASK", "PROCEDURE"} else None
        tables = program.find("relation", program.within(owner, name), owner) if name is not None else []
        streams = {s.step.index: s for made in tables if not made.inside for s in by_source.get(made.step.index, ())}
        for stream in streams.values():
            if name is not None and not _remakes(program, owner, stream):
                yield _hit(stream, owner, inner, name)


def _replaced(inner: Inner) -> ObjectName | None:
    """The table of CREATE OR REPLACE [TRANSIENT] TABLE."""
    words = [t.upper for t in inner.tokens[:5]]
    if words[:3] != ["CREATE", "OR", "REPLACE"] or "TABLE" not in words[3:5] or words[3] not in {"TABLE", "TRANSIENT"}:
        return None
    at = words.index("TABLE") + 1
    return name_at(inner.tokens, at)[0] if at < len(inner.tokens) else None


def _remakes(program: Program, owner: Step, stream: Stream) -> bool:
    body = program.body(owner)
    return body is not None and any(
        i.verb == "CREATE" and i.has("STREAM") and stream.name.last in i.text.upper() for i in body.statements
    )


def _hit(stream: Stream, owner: Step, inner: Inner, name: ObjectName) -> Hit:
    return Hit(
        f"{owner.label} replaces {name}, on which {stream.label} stands: the stream cannot be read after that",
        owner.at(inner.at),
        f"INSERT OVERWRITE INTO {name}, or TRUNCATE and INSERT",
        owner.label,
        None if owner.kind == "TASK" else "warning",
    )


RULE = Rule(
    "SD117", "body-replaces-stream-source", "error",
    "CREATE OR REPLACE TABLE makes another table of the same name; streams stay with the old one, which is gone. "
    "Fill the table that is there, by INSERT OVERWRITE or by TRUNCATE and INSERT.",
    check,
    bad="""
CREATE TABLE RAW.FILES (ID NUMBER NOT NULL PRIMARY KEY);
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TASK RAW.REFRESH WAREHOUSE = WH SCHEDULE = '60 MINUTES'
AS
CREATE OR REPLACE TABLE RAW.ORDERS AS SELECT ID FROM RAW.FILES; -- !
ALTER TASK RAW.REFRESH RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.FILES (ID NUMBER NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY);
CREATE STREAM IF NOT EXISTS RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE OR ALTER TASK RAW.REFRESH WAREHOUSE = WH SCHEDULE = '60 MINUTES'
AS INSERT OVERWRITE INTO RAW.ORDERS (ID) SELECT ID FROM RAW.FILES;
ALTER TASK RAW.REFRESH RESUME;
""",
    source="B.6",
)  # fmt: skip
