"""The SELECT of a COPY does what only a query can do."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule

_CLAUSES = {
    "WHERE": "WHERE", "GROUP": "GROUP BY", "HAVING": "HAVING", "QUALIFY": "QUALIFY", "ORDER": "ORDER BY", "LIMIT": "LIMIT",
    "FETCH": "FETCH", "OFFSET": "OFFSET",
}  # fmt: skip
_IN_FROM = ("JOIN", "FLATTEN", "LATERAL")


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        for what, at in list(_unsupported(copy))[:1]:
            yield Hit(
                f"the SELECT of {copy.label} has {what}, which COPY does not support", copy.at(at),
                "load the rows into a staging table as they are, and filter or join from there", copy.step.label,
            )  # fmt: skip


def _unsupported(copy: Copy) -> Iterator[tuple[str, int]]:
    select = copy.select
    if select is None:
        return
    for token in copy.inside:
        if token.upper in {"UNION", "INTERSECT", "EXCEPT", "MINUS"}:
            yield token.upper, token.start
    for token in select.clause("FROM"):
        if token.upper in _IN_FROM:
            yield token.upper, token.start
    for word, shown in _CLAUSES.items():
        if word in select.clauses:
            yield shown, next((t.start for t in copy.inside if t.upper == word), select.at)
    if select.aggregates:
        yield "an aggregate", select.items[0][0].start


RULE = Rule(
    "SD402", "copy-transform-unsupported", "error",
    "While it loads, COPY can choose, cast and reorder columns, but not filter, join, group, sort or flatten: the statement fails."
    " Load first, then use a query.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
COPY INTO RAW.ORDERS (ID)
FROM (
    SELECT $1 FROM @RAW.FILES
    WHERE $1 > 0 -- !
)
ON_ERROR = SKIP_FILE;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AT TIMESTAMP_NTZ);
COPY INTO RAW.ORDERS (ID, AT)
FROM (SELECT T.$1, CASE WHEN T.$2 = '' THEN NULL ELSE T.$2::TIMESTAMP_NTZ END FROM @RAW.FILES AS T)
ON_ERROR = SKIP_FILE;
""",
    source="H39",
)  # fmt: skip
