"""ALTER TABLE … ALTER COLUMN that Snowflake refuses."""

from collections.abc import Iterator
from itertools import pairwise

from snowpipe_deploy.analysis.fields import Field, declared
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import split_at
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.types import DataType, parse_type

_FAMILY = {"CHAR": "VARCHAR", "INTEGER": "NUMBER"}
_NO_TYPE = frozenset({"SET", "DROP", "UNSET", "COMMENT", "NOT", "ADD"})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if step.verb != "ALTER" or step.kind != "TABLE" or step.name is None:
            continue
        tokens = code(step.head.rest)
        words = [t.upper for t in tokens[:2]]
        shift = len(step.statement.text) - len(step.head.rest)
        if words[:1] in (["ALTER"], ["MODIFY"]):
            table = _table(program, step)
            for part in split_at(tokens[1:], frozenset({","})):
                if table and part and (found := _wrong(part, table, step.head.rest)):
                    message, severity = found
                    yield Hit(
                        f"{step.label}: {message}",
                        step.at(shift + part[0].start),
                        "add a new column, copy the values, swap the names",
                        step.label,
                        severity,
                    )
        elif words[:1] == ["ADD"]:
            yield from _added(step, tokens)


def _table(program: Program, step: Step) -> dict[str, Field]:
    """The columns as they were made, where it is certain by which statement."""
    found = [m.step for m in program.find("relation", step.name, step)] if step.name else []
    found = [one for one in found if one.verb == "CREATE" and program.before(one, step)]
    if not found or not found[-1].head.arguments or found[-1].kind != "TABLE":
        return {}
    return {f.name: f for f in declared(found[-1].head.arguments or "")}


def _wrong(part: tuple[Token, ...], table: dict[str, Field], text: str) -> tuple[str, Severity | None] | None:
    part = part[1:] if part[0].upper in {"COLUMN", "ALTER", "MODIFY"} else part
    part = part[1:] if part and part[0].upper == "COLUMN" else part
    column = table.get(fold(part[0].text)) if len(part) > 1 else None
    if column is None:
        return None
    words = [t.upper for t in part[1:]]
    if words[:2] == ["SET", "DEFAULT"]:
        sure = "NEXTVAL" not in words
        return (f"a default cannot be given to the column {column.name}, which exists", None) if sure else None
    begin = 1 + (3 if words[:3] == ["SET", "DATA", "TYPE"] else 1 if words[:1] == ["TYPE"] else 0)
    if begin == 1 and words[:1] and words[0] in _NO_TYPE:
        return None
    return _other_type(column, text[part[begin].start : part[-1].end]) if begin < len(part) else None


def _other_type(column: Field, text: str) -> tuple[str, Severity | None] | None:
    try:
        new, old = parse_type(text), column.type
    except ValueError:
        return None
    if old is None:
        return None
    change = f"{column.name} cannot change from {old} to {new}"
    if _family(new) != _family(old):
        return f"{change}: another sort of type", None
    if _family(new) in {"VARCHAR", "BINARY"} and _size(new, 0) < _size(old, 0):
        return f"{change}: it gets shorter", None
    if _family(new) == "NUMBER" and _scale(new) != _scale(old):
        return f"{change}: another scale", None
    return None


def _family(kind: DataType) -> str:
    return _FAMILY.get(kind.base, kind.base)


def _size(kind: DataType, at: int) -> int:
    default = 1 if kind.base == "CHAR" else 16777216
    return kind.sizes[at] if len(kind.sizes) > at else default


def _scale(kind: DataType) -> int:
    return kind.sizes[1] if len(kind.sizes) > 1 else 0


def _added(step: Step, tokens: tuple[Token, ...]) -> Iterator[Hit]:
    """ADD COLUMN … NOT NULL without a default, which fails when the table has rows."""
    words = [t.upper for t in tokens]
    pairs = list(pairwise(words))
    if (
        ("NOT", "NULL") in pairs
        and not {"DEFAULT", "AUTOINCREMENT", "IDENTITY", "CONSTRAINT", "AS"} & set(words)
        and step.name is not None
    ):
        yield Hit(
            f"{step.label}: a NOT NULL column without a default cannot be added when the table has rows", step.statement.where,
            "give it a DEFAULT, or fill it before SET NOT NULL", step.label, "warning",
        )  # fmt: skip


RULE = Rule(
    "SD806", "illegal-column-change", "error",
    "A column can get longer or more precise, not shorter, of another scale, of another type, or a default that it did not have:"
    " Snowflake refuses the ALTER. Add a new column, copy, and swap.",
    check,
    bad="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(10, 2), NOTE VARCHAR(20));
ALTER TABLE RAW.ORDERS ALTER COLUMN AMOUNT SET DATA TYPE NUMBER(12, 4); -- !
ALTER TABLE RAW.ORDERS ALTER COLUMN NOTE SET DATA TYPE VARCHAR(10); -- !
ALTER TABLE RAW.ORDERS MODIFY COLUMN ID SET DEFAULT 0; -- !
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(10, 2), NOTE VARCHAR(20));
ALTER TABLE RAW.ORDERS ALTER COLUMN AMOUNT SET DATA TYPE NUMBER(12, 2);
ALTER TABLE RAW.ORDERS ALTER COLUMN NOTE SET DATA TYPE VARCHAR(40), ID DROP NOT NULL;
""",
    for_scripts=True,
    source="H58",
)  # fmt: skip
