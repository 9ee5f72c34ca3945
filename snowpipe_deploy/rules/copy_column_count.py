"""A COPY whose SELECT gives another number of columns than the table takes."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.columns import columns_of
from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import has_star
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        wanted = _wanted(program, copy)
        if copy.select is None or not wanted or any(has_star(item) for item in copy.select.items):
            continue
        given = len(copy.select.items)
        if given != wanted and not copy.is_set("MATCH_BY_COLUMN_NAME"):
            whose = "its column list" if copy.columns is not None else str(copy.target)
            yield Hit(
                f"the SELECT of {copy.label} gives {given} columns, {whose} has {wanted}", copy.at(copy.select.at),
                "name the columns that are loaded: COPY INTO t (a, b) FROM (SELECT $1, $2 …)", copy.step.label,
            )  # fmt: skip


def _wanted(program: Program, copy: Copy) -> int:
    """How many columns are to be filled; 0 where that is not known for certain."""
    if copy.columns is not None:
        return len(copy.columns)
    found = program.find("relation", copy.target, copy.step)
    relation = columns_of(program).made(found[0]) if len(found) == 1 and found[0].kind == "TABLE" else None
    if relation is None or relation.extra or "AUTOINCREMENT" in found[0].step.statement.text.upper():
        return 0
    return len(relation.fields)


RULE = Rule(
    "SD408", "copy-column-count", "error",
    "A transforming COPY must give one expression for every column of its list, or for every column of the table where it has none;"
    " otherwise it fails.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, NOTE VARCHAR, FILE VARCHAR);
COPY INTO RAW.ORDERS
FROM (SELECT $1, $2 FROM @RAW.FILES) -- !
ON_ERROR = SKIP_FILE;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, NOTE VARCHAR, FILE VARCHAR);
COPY INTO RAW.ORDERS (ID, NOTE)
FROM (SELECT $1, TRIM(REPLACE($2, ',', ';')) FROM @RAW.FILES)
ON_ERROR = SKIP_FILE;
""",
    source="D.4",
)  # fmt: skip
