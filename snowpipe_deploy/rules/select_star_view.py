"""A view whose columns are `*`."""

from collections.abc import Iterator
from functools import lru_cache

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import has_star, read_query
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if not step.creates or step.kind != "VIEW" or "*" not in (step.head.body or ""):
            continue
        bases, at = _starred(step)
        if bases:
            change = _changed(program, step, bases)
            done = f", and line {change.statement.where.line} changes those columns" if change is not None else ""
            yield Hit(
                f"{step.label} takes * from {bases[0]}: its columns stay those of the day it was made{done}", step.at(step.head.body_at + at),
                "list the columns, or make the view again after the change", step.label, severity="error" if change is not None else None,
            )  # fmt: skip


def _starred(step: Step) -> tuple[list[ObjectName], int]:
    """The named relations that a `*` of the view takes its columns from, and where it stands."""
    query = read_query(code(step.head.body or ""))
    for select in query.selects:
        for item in select.items:
            if has_star(item):
                chosen = item[0].upper if item[0].text != "*" else ""
                names = [r.name for r in select.relations if r.name and (not chosen or r.called == chosen)]
                bases = [n for n in names if len(n.parts) > 1 or n.last not in query.common]
                if bases:
                    return bases, item[0].start
    return [], 0


def _changed(program: Program, view: Step, bases: list[ObjectName]) -> Step | None:
    """A later ALTER TABLE of a base that adds, drops or renames columns, without the view being made again behind it."""
    tables = {m.step.index for base in bases for m in program.find("relation", program.within(view, base), view)}
    for step in (step for table in sorted(tables) for step in _alterations(program).get(table, ())):
        if program.before(view, step):
            again = (
                [m.step for m in program.find("VIEW", view.name, view) if program.before(step, m.step)]
                if view.name
                else []
            )
            if not again:
                return step
    return None


@lru_cache(maxsize=4)
def _alterations(program: Program) -> dict[int, list[Step]]:
    """The statements that change the columns of a table, by the index of the statement that makes it."""
    found: dict[int, list[Step]] = {}
    for step in program.statements:
        words = [t.upper for t in code(step.head.rest)[:2]] if step.verb == "ALTER" and step.kind == "TABLE" else []
        columns = words[:1] == ["ADD"] and words[1:] not in (
            ["CONSTRAINT"],
            ["PRIMARY"],
            ["UNIQUE"],
            ["FOREIGN"],
            ["SEARCH"],
            ["ROW"],
        )
        if step.name is not None and (columns or words in (["DROP", "COLUMN"], ["RENAME", "COLUMN"])):
            for made in program.find("relation", step.name, step):
                found.setdefault(made.step.index, []).append(step)
    return found


RULE = Rule(
    "SD709", "select-star-view", "warning",
    "The columns of a view are fixed when it is made: columns that the table gets later are missing, and a dropped one makes the view"
    " fail. List the columns.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AT TIMESTAMP_NTZ);
CREATE VIEW DWH.ORDERS AS
SELECT * FROM RAW.ORDERS; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AT TIMESTAMP_NTZ);
CREATE VIEW DWH.ORDERS AS
SELECT ID, AT FROM RAW.ORDERS;
""",
    source="H47",
)  # fmt: skip
