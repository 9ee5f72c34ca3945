"""What procedures and functions share."""

from collections.abc import Callable, Iterable

from snowpipe_deploy.analysis.uses import references as uses_in
from snowpipe_deploy.kind import BODY, KIND_WORDS, Facts, Look, Row, Shown, side_by_side, text_of
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import ObjectKey, Reading, Reference
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.procedure import signature
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import signature_type


def _is_sql(head: Head) -> bool:
    return str(head.clauses.get("LANGUAGE", "SQL")) == "SQL"


def routine_body(head: Head) -> str:
    """The body without its quotes."""
    text = (head.body or "").strip().rstrip(";").strip()
    parts = code(text)
    return parts[0].value if len(parts) == 1 and parts[0].kind in {"dollar", "string"} else text


def read(head: Head, schema: str | None) -> Reading:
    """A body in dollars, one in quotes and a bare one say the same."""
    found = dict(read_clauses(head, schema))
    if body := routine_body(head):
        found[BODY] = body.strip() if _is_sql(head) else body
    return found


def references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    """Names in a body are looked up when it runs, in the routine's own schema."""
    own = head.name.parts[-2] if head.name is not None and len(head.name.parts) > 1 else schema
    return uses_in(routine_body(head), own, needs=False) if _is_sql(head) else ()


def key_of(kind: str) -> Callable[[Row], ObjectKey]:
    def key(row: Row) -> ObjectKey:
        given = str(row["arguments"])
        inside = given[given.index("(") + 1 : given.rindex(")", 0, given.index(" RETURN"))]
        types = [signature_type(part.removeprefix("DEFAULT ")) for part in split_list(inside)]
        return ObjectKey(kind, ObjectName((str(row["schema_name"]), str(row["name"]))), f"({', '.join(types)})")

    return key


def facts(row: Row) -> dict[str, str]:
    return text_of(row, "arguments", "description", "is_secure", "is_table_function")


_NO_COMMENT = frozenset({"user-defined procedure", "user-defined function"})  # what SHOW says where there is none


def compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, description="COMMENT")
    if facts.get("description", "") in _NO_COMMENT:
        found["description"] = Shown("COMMENT", str(reading.get("COMMENT", "")), "")
    if "is_secure" in facts:
        wanted = "SECURE" in reading.get(KIND_WORDS, ())
        found["is_secure"] = Shown(
            KIND_WORDS, "SECURE" if wanted else "", "SECURE" if facts["is_secure"] == "Y" else ""
        )
    return found


def _differs(reading: Reading, rows: Iterable[Row]) -> tuple[tuple[str, str, str], ...]:
    told = {str(row["property"]).lower(): str(row["value"] or "") for row in rows}
    before, now = str(reading.get(BODY, "")), told.get("body")
    if now is None or before.strip() == now.strip():
        return ()
    return (("body", before, now),)


def look(kind: str) -> Look:
    return Look(f"DESCRIBE {kind} {{name}}", _differs)


def detail(head: Head) -> str:
    return signature(head.arguments or "")
