"""Views: a changed query replaces the view, grants kept (reference F.1: OR ALTER of the query is not certain)."""

from snowpipe_deploy.kind import (
    BODY,
    KIND_WORDS,
    Alteration,
    Facts,
    Kind,
    Look,
    Row,
    Shown,
    alter_clauses,
    nothing_differs,
    query_of,
    show_key,
    side_by_side,
    statement,
    text_of,
)
from snowpipe_deploy.model import Change, ObjectKey, Reading, Scope
from snowpipe_deploy.sqltext.lexer import normalized


def _facts(row: Row) -> dict[str, str]:
    # the text of SHOW VIEWS is the CREATE as it was sent; only what follows AS is the query
    return {**text_of(row, "comment", "is_secure"), "query": query_of(str(row.get("text") or ""))}


def compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT")
    if "is_secure" in facts:
        wanted = "SECURE" in reading.get(KIND_WORDS, ())
        found["is_secure"] = Shown(
            KIND_WORDS, "SECURE" if wanted else "", "SECURE" if facts["is_secure"] == "true" else ""
        )
    if facts.get("query"):  # the text of a secure view is for its owner only
        found["query"] = Shown(BODY, normalized(str(reading.get(BODY, ""))), facts["query"])
    return found


def _alter(change: Change, scope: Scope) -> Alteration:
    if set(change.clauses) == {"COMMENT"}:
        return alter_clauses(change, scope)
    made = statement(change, scope, "OR REPLACE")
    if change.desired is None or BODY not in change.desired.reading:
        return Alteration(refuse="a view needs AS and a query")
    head = change.desired.head
    if "COPY GRANTS" in head.clauses:
        return Alteration((made,))
    # COPY GRANTS stands after the columns, before COMMENT and AS
    name = str(scope.full(change.key.name))
    rest = head.text[head.name_end :]
    columns = f" ({head.arguments})" if head.arguments is not None else ""
    tail = rest[rest.index(")", rest.index(head.arguments) + len(head.arguments)) + 1 :] if head.arguments else rest
    return Alteration((f"{made[: made.index(name) + len(name)]}{columns} COPY GRANTS{tail}",))


KIND = Kind(
    "VIEW",
    show="SHOW VIEWS IN DATABASE {database}",
    facts=_facts,
    compared=compared,
    look=Look("SELECT * FROM {name} LIMIT 0", nothing_differs),
    key=show_key("VIEW"),
    alter=_alter,
    replace_hazards=(),
    skip=lambda row: row.get("is_materialized") == "true",
)
