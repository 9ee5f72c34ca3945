"""A stream on a view whose query change tracking does not support."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Made, Program
from snowpipe_deploy.analysis.queries import Select, Tokens, read_query
from snowpipe_deploy.analysis.streams import streams_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code


def check(program: Program) -> Iterator[Hit]:
    for stream in streams_of(program).streams:
        views = [
            m
            for m in program.find("relation", stream.source, stream.step)
            if m.step.kind in {"VIEW", "MATERIALIZED VIEW"} and not m.inside
        ]
        reasons = [_reason(made) for made in views]
        if reasons and all(reasons) and (reason := reasons[-1]) is not None:
            what, severity = reason
            yield Hit(
                f"{stream.label} cannot stand on {views[-1].step.label}: {what}",
                stream.step.clause_at("ON"),
                "make the stream on the tables below, or on a view of columns, filters, inner joins and UNION ALL",
                stream.label,
                severity,
            )


def _reason(made: Made) -> tuple[str, Severity] | None:
    """What in a view's query cannot be tracked."""
    if made.step.kind == "MATERIALIZED VIEW":
        return "it is a materialized view", "error"
    todo: list[Tokens] = [code(made.step.head.body or "")]
    weak: tuple[str, Severity] | None = None
    while todo:
        query = read_query(todo.pop())
        todo += [*query.common.values()]
        for select in query.selects:
            if (reason := _untracked(select)) is not None:
                if reason[1] == "error":
                    return reason
                weak = weak or reason
            todo += [r.inside for r in select.relations if r.inside]
    return weak


def _untracked(select: Select) -> tuple[str, Severity] | None:
    for word, shown in (("GROUP", "GROUP BY"), ("QUALIFY", "QUALIFY"), ("LIMIT", "LIMIT")):
        if select.clause(word):
            return f"its query has {shown}", "error"
    if select.distinct:
        return "its query has DISTINCT", "error"
    if select.aggregates:
        return "its query has an aggregate", "error"
    if any(r.join in {"LEFT", "RIGHT", "FULL"} for r in select.relations):
        return "its query has an outer join", "warning"
    if any(t.upper == "SELECT" for t in (*select.clause("WHERE"), *(t for item in select.items for t in item))):
        return "its query has a subquery outside FROM", "warning"
    return None


RULE = Rule(
    "SD114", "stream-on-unsupported-view", "error",
    "A stream on a view follows columns, filters, inner joins and UNION ALL; not GROUP BY, DISTINCT, QUALIFY, LIMIT or a materialized view, "
    "and outer joins and other subqueries hardly. CREATE STREAM fails; stand on the tables below.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, CUSTOMER NUMBER);
CREATE VIEW RAW.ORDERS_PER_CUSTOMER AS SELECT CUSTOMER, COUNT(*) AS N FROM RAW.ORDERS GROUP BY CUSTOMER;
CREATE STREAM RAW.NEW_COUNTS ON VIEW RAW.ORDERS_PER_CUSTOMER; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, CUSTOMER NUMBER);
CREATE VIEW IF NOT EXISTS RAW.KNOWN_ORDERS AS SELECT ID, CUSTOMER FROM RAW.ORDERS WHERE CUSTOMER IS NOT NULL;
CREATE STREAM IF NOT EXISTS RAW.NEW_ORDERS ON VIEW RAW.KNOWN_ORDERS;
""",
    source="B.8",
)  # fmt: skip
