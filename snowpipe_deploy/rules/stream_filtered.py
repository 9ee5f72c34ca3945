"""A stream whose only consumer keeps a part of its rows."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.consumption import discards, place, select_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import Relation, Select, Tokens, conjuncts, words
from snowpipe_deploy.analysis.streams import Stream, streams_of
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    for stream in streams.streams:
        consumers = list({(r.run.owner.index, r.run.inner.at): r for r in streams.consumers(stream)}.values())
        if (
            len(consumers) != 1
            or consumers[0].run.inner.verb not in {"INSERT", "MERGE"}
            or discards(consumers[0].run.inner)
        ):
            continue
        inner = consumers[0].run.inner
        if inner.has("ALL", "FIRST") and inner.verb == "INSERT" and inner.tokens[1].upper in {"ALL", "FIRST"}:
            continue
        found = select_of(consumers[0])
        if found is not None and (lost := _lost(*found)):
            what, is_sure = lost
            yield _hit(stream, what, place(consumers[0]), "error" if is_sure else "warning")


def _lost(select: Select, relation: Relation) -> tuple[str, bool] | None:
    """What keeps rows back, and whether it surely loses some."""
    if limit := select.clause("LIMIT"):
        return (f"LIMIT {limit[0].text}", True) if limit[0].kind == "number" else None
    for part in conjuncts(select.clause("WHERE")):
        if _is_business(part):
            return f"WHERE {' '.join(t.text for t in part[:6])}{' …' if len(part) > 6 else ''}".replace(
                " . ", "."
            ), False
    joined = [r for r in select.relations if r.join == "INNER" and not r.lateral and r.on]
    if joined and relation.join in {"", "INNER", ","}:
        other = next((r for r in joined if r.at != relation.at), select.relations[0])
        return f"the inner join with {other.called or 'a subquery'}", False
    return None


def _is_business(part: Tokens) -> bool:
    """A condition on columns of the data; not on what happened to a row, on NULLs, or on what is stored already."""
    found = words(part)
    if found & {"METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID", "SELECT", "EXISTS"}:
        return False
    if (
        {"IS", "NULL"} <= found
        or not any(t.kind in {"word", "quoted"} for t in part)
        or any("__" in t.text for t in part)
    ):
        return False
    compares = {t.text for t in part} & {"=", "<", ">", "<=", ">=", "<>", "!="} or found & {
        "IN",
        "LIKE",
        "ILIKE",
        "BETWEEN",
        "RLIKE",
    }
    literals = any(t.kind in {"string", "number"} for t in part) or "CURRENT_DATE" in found or "DATEADD" in found
    return bool(compares) and literals


def _hit(stream: Stream, what: str, where: Location, severity: Severity) -> Hit:
    return Hit(
        f"{stream.label} has no other consumer, and {what} keeps rows back: they count as consumed all the same",
        where,
        "store the rest too (INSERT ALL … ELSE, LEFT JOIN), or make the stream on a view that filters",
        stream.label,
        severity,
    )


RULE = Rule(
    "SD104", "stream-filtered", "warning",
    "A statement consumes the whole stream, whatever its WHERE, JOIN or LIMIT keeps. "
    "Rows that are left out never come again; store them somewhere, or filter in a view below the stream.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, REGION VARCHAR);
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE RAW.EU_ORDERS (ID NUMBER);
INSERT INTO RAW.EU_ORDERS (ID) SELECT ID FROM RAW.NEW_ORDERS WHERE REGION = 'EU'; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, REGION VARCHAR);
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON TABLE RAW.ORDERS APPEND_ONLY = TRUE;
CREATE TABLE IF NOT EXISTS RAW.EU_ORDERS (ID NUMBER);
CREATE TABLE IF NOT EXISTS RAW.OTHER_ORDERS (ID NUMBER);
INSERT ALL
  WHEN REGION = 'EU' THEN INTO RAW.EU_ORDERS (ID) VALUES (ID)
  ELSE INTO RAW.OTHER_ORDERS (ID) VALUES (ID)
SELECT ID, REGION FROM RAW.NEW_ORDERS;
""",
    source="H04",
)  # fmt: skip
