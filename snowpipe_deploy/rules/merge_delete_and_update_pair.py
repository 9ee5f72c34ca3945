"""A MERGE in which both halves of an update meet the same row of the target."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.consumption import feeds, is_standard, place, source_query
from snowpipe_deploy.analysis.merges import Branch, Merge, read_merge
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import Query, item_name, words
from snowpipe_deploy.analysis.streams import Reading, Stream, streams_of
from snowpipe_deploy.analysis.tables import tables_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code


def check(program: Program) -> Iterator[Hit]:
    streams = streams_of(program)
    for stream in streams.streams:
        for reading in streams.consumers(stream) if is_standard(stream) else ():
            inner = reading.run.inner
            merge = read_merge(inner.text) if inner.verb == "MERGE" else None
            if merge is None or not feeds(reading) or _is_narrowed(source_query(inner)):
                continue
            deletes = _deleting(merge, _action_names(inner))
            if deletes is not None and not _tells_updates(merge, deletes):
                yield _hit(stream, reading, merge, deletes, _severity(program, stream))


def _tells_updates(merge: Merge, deletes: Branch) -> bool:
    """Is the old image of an update kept from the branch that deletes: by the source, by ON, by its condition or one above it?"""
    above = merge.branches[: merge.branches.index(deletes) + 1]
    asked = [b.condition for b in above if b is deletes or (b.matched and "INSERT" not in b.condition.upper())]
    return any("ISUPDATE" in text.upper() for text in (merge.source_text, merge.on, *asked))


def _action_names(inner: Inner) -> frozenset[str]:
    """METADATA$ACTION and the name that the source query gives it."""
    aliases = {
        item_name(item)
        for select in source_query(inner).selects
        for item in select.items
        if "METADATA$ACTION" in words(item) and item_name(item)
    }
    return frozenset({"METADATA$ACTION", *aliases})


def _is_narrowed(query: Query) -> bool:
    """Does the source let only a part of the rows through, or one for each key?"""
    narrowed = any(s.distinct or any(s.clause(word) for word in ("WHERE", "QUALIFY", "GROUP")) for s in query.selects)
    return narrowed or bool(query.common) or any(len(s.relations) != 1 or s.relations[0].inside for s in query.selects)


def _deleting(merge: Merge, actions: frozenset[str]) -> Branch | None:
    """WHEN MATCHED AND the action is DELETE THEN DELETE (or UPDATE: a soft delete)."""
    for branch in merge.branches:
        tokens = code(branch.condition)
        says = any(t.upper in actions for t in tokens) and any(
            t.kind == "string" and t.value.upper() == "DELETE" for t in tokens
        )
        if branch.matched and says and any(t.text == "=" for t in tokens):
            return branch
    return None


def _severity(program: Program, stream: Stream) -> Severity | None:
    """Only updates make pairs: a warning where the program is known to make none."""
    writes = tables_of(program).writes(stream.source, stream.step)
    updated = any(w.verb in {"UPDATE", "MERGE"} for w in writes)
    known = bool(writes) and not tables_of(program).hidden_writes(stream.source)
    return "warning" if known and not updated else None


def _hit(stream: Stream, reading: Reading, merge: Merge, deletes: Branch, severity: Severity | None) -> Hit:
    inner = reading.run.inner
    other = any(b.matched and b is not deletes for b in merge.branches)
    what = (
        "both its rows meet one row of the target"
        if other
        else "its DELETE row removes the target's row and its INSERT row does not bring it back"
    )
    where = reading.run.owner.at(inner.at + deletes.at) if deletes.at else place(reading)
    return Hit(
        f"when {stream.source} is updated, {what}",
        where,
        f"read only WHERE NOT (METADATA$ACTION = 'DELETE' AND METADATA$ISUPDATE) of {stream.name}",
        stream.label,
        severity,
    )


RULE = Rule(
    "SD306", "merge-delete-and-update-pair", "error",
    "A standard stream gives an update as a DELETE and an INSERT row with the same key. A MERGE that deletes on DELETE without a look at "
    "METADATA$ISUPDATE meets the target's row twice: it fails as non-deterministic, or deletes rows that were only changed.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE STREAM RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TABLE RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
MERGE INTO RAW.SALES AS D USING RAW.ORDER_CHANGES AS S ON D.ID = S.ID
WHEN MATCHED AND S.METADATA$ACTION = 'DELETE' THEN DELETE -- !
WHEN MATCHED AND S.METADATA$ACTION = 'INSERT' THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED AND S.METADATA$ACTION = 'INSERT' THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE STREAM IF NOT EXISTS RAW.ORDER_CHANGES ON TABLE RAW.ORDERS;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
MERGE INTO RAW.SALES AS D
USING (
  SELECT ID, AMOUNT, METADATA$ACTION AS ACTION FROM RAW.ORDER_CHANGES WHERE NOT (METADATA$ACTION = 'DELETE' AND METADATA$ISUPDATE)
) AS S ON D.ID = S.ID
WHEN MATCHED AND S.ACTION = 'DELETE' THEN DELETE
WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED AND S.ACTION = 'INSERT' THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
)  # fmt: skip
