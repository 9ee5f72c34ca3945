"""A MERGE over a column that its target lets be NULL."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.duplicates import Condition, condition_of
from snowpipe_deploy.analysis.merges import Merge
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.tables import Table, merges, tables_of
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code


def check(program: Program) -> Iterator[Hit]:
    for step, inner, merge in merges(program):
        table = tables_of(program).of(program.within(step, merge.target), step)
        if table is None or not any(b.action == "INSERT" for b in merge.branches):
            continue
        nullable = _nullable(table, condition_of(merge), merge)
        if nullable:
            yield Hit(
                f"{', '.join(nullable)} may be NULL in {merge.target}: such a row never matches and is inserted again at every run",
                step.at(inner.at + merge.on_at),
                f"declare {nullable[0]} NOT NULL, or compare with EQUAL_NULL",
                step.label,
            )


def _nullable(table: Table, on: Condition, merge: Merge) -> list[str]:
    """Keys that may be NULL in a table that says NOT NULL of other columns, and has no primary key that says more."""
    careful = any(c.not_null for name, c in table.columns.items() if name not in on.target)
    if not careful or table.primary or table.unique:
        return []
    filtered = _not_null(merge.source_text)
    pairs = [(t, s) for t, s in on.pairs if t in table.columns and not table.columns[t].not_null and s not in filtered]
    return [target for target, _ in pairs]


def _not_null(text: str) -> set[str]:
    """The columns that a source asks to be there."""
    tokens = code(text)
    words = [t.upper for t in tokens]
    return {fold(tokens[i - 1].text) for i in range(1, len(tokens) - 2) if words[i : i + 3] == ["IS", "NOT", "NULL"]}


RULE = Rule(
    "SD303", "merge-nullable-key", "warning",
    "NULL = NULL is not true, so a row whose key is NULL matches nothing and is inserted again by every MERGE. "
    "Declare the key NOT NULL, leave such rows out of the source, or compare with EQUAL_NULL.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER UNIQUE, AMOUNT NUMBER NOT NULL);
CREATE TABLE RAW.SALES (ID NUMBER, AMOUNT NUMBER NOT NULL);
MERGE INTO RAW.SALES AS D USING RAW.ORDERS AS S
ON D.ID = S.ID -- !
WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL UNIQUE, AMOUNT NUMBER NOT NULL);
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL, AMOUNT NUMBER NOT NULL);
MERGE INTO RAW.SALES AS D USING RAW.ORDERS AS S
ON D.ID = S.ID
WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
    source="H15",
)  # fmt: skip
