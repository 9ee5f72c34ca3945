"""A MERGE whose source may have several rows of one key."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.duplicates import condition_of, repeats
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.tables import merges
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for step, inner, merge in merges(program):
        found = repeats(program, step, inner, merge)
        if found is None:
            continue
        updates = any(b.matched and b.action == "UPDATE" for b in merge.branches)
        key = ", ".join(sorted(condition_of(merge).source))
        yield Hit(
            f"the MERGE into {merge.target} may get several rows of one {key}: {found.reason}",
            step.at(inner.at_word("USING")),
            f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY …) = 1 in the source",
            step.label,
            "error" if found.is_sure and updates else "warning",
        )


RULE = Rule(
    "SD301", "merge-source-not-unique", "error",
    "When two rows of the source match one row of the target the MERGE fails (100090) or takes any of them; when they match none, both are inserted. "
    "Keep one row for each key of ON, by QUALIFY ROW_NUMBER() or GROUP BY.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER, LOADED_AT TIMESTAMP_NTZ);
CREATE STAGE RAW.FILES;
CREATE TABLE RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES'
AS COPY INTO RAW.ORDERS FROM (SELECT $1, $2, SYSDATE() FROM @RAW.FILES) ON_ERROR = ABORT_STATEMENT;
CREATE TASK RAW.APPLY WAREHOUSE = WH AFTER RAW.LOAD
AS MERGE INTO RAW.SALES AS D
USING RAW.ORDERS AS S ON D.ID = S.ID -- !
WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
ALTER TASK RAW.APPLY RESUME;
ALTER TASK RAW.LOAD RESUME;
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER, AMOUNT NUMBER, LOADED_AT TIMESTAMP_NTZ);
CREATE STAGE IF NOT EXISTS RAW.FILES;
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE OR ALTER TASK RAW.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES'
AS COPY INTO RAW.ORDERS FROM (SELECT $1, $2, SYSDATE() FROM @RAW.FILES) ON_ERROR = ABORT_STATEMENT;
CREATE OR ALTER TASK RAW.APPLY WAREHOUSE = WH AFTER RAW.LOAD
AS MERGE INTO RAW.SALES AS D
USING (
  SELECT ID, AMOUNT FROM RAW.ORDERS QUALIFY ROW_NUMBER() OVER (PARTITION BY ID ORDER BY LOADED_AT DESC, AMOUNT) = 1
) AS S ON D.ID = S.ID
WHEN MATCHED THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
ALTER TASK RAW.APPLY RESUME;
ALTER TASK RAW.LOAD RESUME;
""",
    source="H13",
)  # fmt: skip
