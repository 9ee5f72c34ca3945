"""INSERT without a list of columns."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step, same
from snowpipe_deploy.analysis.queries import has_star, query_tokens, read_query
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.head import ReadError, identify
from snowpipe_deploy.sqltext.query import name_at


def check(program: Program) -> Iterator[Hit]:
    for step, inner in statements(program):
        target = _without_list(inner) if inner.verb == "INSERT" else None
        if (
            target is None
            or "__" in str(target)
            or _made_here(program, step, inner, target)
            or _from_stream(program, step, inner)
        ):
            continue
        star = any(has_star(item) for select in read_query(query_tokens(inner.tokens)).selects for item in select.items)
        severity: Severity | None = None if star and step.kind in {"TASK", "PROCEDURE"} else "info"
        how = "takes * into" if star else "has no column list for"
        yield Hit(
            f"INSERT {how} {target}: it fails or shifts values when a column is added or moved", step.at(inner.at),
            f"INSERT INTO {target} (a, b) …", step.label, severity,
        )  # fmt: skip


def _without_list(inner: Inner) -> ObjectName | None:
    tokens = inner.tokens
    into = next((i for i, t in enumerate(tokens[:4]) if t.upper == "INTO"), -1)
    if into < 0 or into + 2 >= len(tokens) or any(t.upper in {"ALL", "FIRST"} for t in tokens[1:into]):
        return None
    name, at = name_at(tokens, into + 1 + (tokens[into + 1].upper == "TABLE"))
    listed = at + 1 < len(tokens) and tokens[at].text == "(" and tokens[at + 1].upper not in {"SELECT", "WITH"}
    return None if listed else name


def _made_here(program: Program, step: Step, inner: Inner, target: ObjectName) -> bool:
    """Is the table made by the same body, above?"""
    body = program.body(step)
    for other in body.statements if body is not None else ():
        if other.at < inner.at and other.verb == "CREATE":
            try:
                head, _ = identify(other.text)
            except (ReadError, ValueError):
                continue
            if head.name is not None and same(head.name, target):
                return True
    return False


def _from_stream(program: Program, step: Step, inner: Inner) -> bool:
    """Another rule speaks of `*` from a stream."""
    return any(
        use.access == "reads" and program.find("STREAM", program.within(step, use.name), step) for use in inner.uses
    )


RULE = Rule(
    "SD710", "insert-without-columns", "warning",
    "Without a list INSERT goes by position: a column that is added or moved on either side makes the task fail, or puts values into"
    " the wrong columns. Name the columns on both sides.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, NOTE VARCHAR);
CREATE TABLE DWH.ORDERS (ID NUMBER, NOTE VARCHAR);
CREATE TASK DWH.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' AS
INSERT INTO DWH.ORDERS SELECT * FROM RAW.ORDERS; -- !
ALTER TASK DWH.LOAD RESUME;
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, NOTE VARCHAR);
CREATE TABLE DWH.ORDERS (ID NUMBER, NOTE VARCHAR);
CREATE TASK DWH.LOAD WAREHOUSE = WH SCHEDULE = '60 MINUTES' AS
INSERT INTO DWH.ORDERS (ID, NOTE) SELECT ID, NOTE FROM RAW.ORDERS;
ALTER TASK DWH.LOAD RESUME;
""",
    source="H48",
)  # fmt: skip
