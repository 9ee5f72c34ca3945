"""A statement that Snowflake does not have."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.location import Location
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_NAME = r"(?:IF EXISTS )?\S+"
_NONE: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), what, hint)
    for pattern, what, hint in (
        (rf"ALTER MATERIALIZED VIEW {_NAME} REFRESH\b", "ALTER MATERIALIZED VIEW … REFRESH", "it is kept up to date; RESUME after a SUSPEND"),
        (r"REFRESH MATERIALIZED VIEW\b", "REFRESH MATERIALIZED VIEW", "Snowflake keeps it up to date itself"),
        (rf"ALTER (TASK|STREAM|PIPE|ALERT) {_NAME} RENAME\b", "ALTER {0} … RENAME", "make it anew under the other name, and drop the old one"),
        (r"UNDROP (VIEW|TASK|STREAM|PIPE|STAGE|PROCEDURE|FUNCTION)\b", "UNDROP {0}", "make it again; tables, schemas and databases can be undropped"),
        (rf"ALTER VIEW {_NAME} AS (?:SELECT|WITH)\b", "ALTER VIEW … AS", "CREATE OR REPLACE VIEW … COPY GRANTS AS"),
        (rf"ALTER SEQUENCE {_NAME} (?:SET )?(?:START|RESTART)\b", "ALTER SEQUENCE … START", "make the sequence anew with another START"),
        (rf"ALTER PIPE {_NAME} (?:AS COPY|SET COPY)\b", "ALTER PIPE … AS", "CREATE OR REPLACE PIPE"),
    )
)  # fmt: skip
_VERBS = frozenset({"ALTER", "REFRESH", "UNDROP"})
_WIDTH = 12


def check(program: Program) -> Iterator[Hit]:
    for where, text, label in _texts(program):
        tokens = code(text)
        words = re.sub(r" ?\. ?", ".", " ".join(t.upper or t.text for t in tokens[:_WIDTH]))
        for pattern, what, hint in _NONE:
            if match := pattern.match(words):
                yield Hit(f"there is no {what.format(*match.groups())} in Snowflake", where, hint, label)
    yield from _indexes(program)
    yield from _branches(program)


def _branches(program: Program) -> Iterator[Hit]:
    """WHEN NOT MATCHED BY SOURCE (or TARGET), which SQL Server and Databricks have."""
    for step, inner in statements(program):
        if inner.verb != "MERGE":
            continue
        words = [t.upper for t in inner.tokens]
        for i, word in enumerate(words[:-3]):
            if word == "NOT" and words[i + 1 : i + 3] == ["MATCHED", "BY"] and words[i + 3] in {"SOURCE", "TARGET"}:
                message = f"MERGE has no WHEN NOT MATCHED BY {words[i + 3]} in Snowflake"
                hint = (
                    "delete what the source lacks by a DELETE of its own"
                    if words[i + 3] == "SOURCE"
                    else "write WHEN NOT MATCHED"
                )
                yield Hit(message, step.at(inner.at + inner.tokens[i].start), hint, step.label, "warning")


def _texts(program: Program) -> Iterator[tuple[Location, str, str]]:
    for step in program.statements:
        if step.verb in _VERBS:
            yield step.statement.where, step.statement.text, step.label
    for step, inner in statements(program):
        if inner.verb in _VERBS and step.verb not in _VERBS:
            yield step.at(inner.at), inner.text, step.label


def _indexes(program: Program) -> Iterator[Hit]:
    """CREATE INDEX, which only hybrid tables have."""
    for step in program.statements:
        if step.verb != "CREATE" or step.kind != "INDEX":
            continue
        match = re.search(r"\bON\s+([\w.$\"]+)", step.statement.text, re.IGNORECASE)
        try:
            found = program.find("relation", ObjectName.parse(match[1]), step) if match else []
        except ValueError:
            found = []
        kinds = {made.kind for made in found}
        if "HYBRID TABLE" not in kinds:
            sure = kinds == {"TABLE"}
            yield Hit(
                "only hybrid tables have indexes",
                step.statement.where,
                "CLUSTER BY, or leave it out",
                step.label,
                None if sure else "warning",
            )


RULE = Rule(
    "SD804", "no-such-statement", "error",
    "The statement is known from other databases, or from other kinds of objects; Snowflake refuses it.",
    check,
    bad="""
ALTER MATERIALIZED VIEW MART.TOTALS REFRESH; -- !
ALTER TASK RAW.LOAD RENAME TO RAW.LOAD_ORDERS; -- !
UNDROP VIEW MART.ORDERS; -- !
""",
    good="""
ALTER MATERIALIZED VIEW MART.TOTALS RESUME;
ALTER TABLE RAW.ORDERS RENAME TO RAW.OLD_ORDERS;
UNDROP TABLE RAW.ORDERS;
""",
    source="H37",
)  # fmt: skip
