"""Views: a changed query replaces the view, grants kept (reference F.1: OR ALTER of the query is not certain)."""

from snowpipe_deploy.kind import BODY, Alteration, Kind, Row, alter_clauses, show_key, statement, text_of
from snowpipe_deploy.model import Change, Scope
from snowpipe_deploy.sqltext.lexer import normalized


def _facts(row: Row) -> dict[str, str]:
    # the text of SHOW VIEWS is the CREATE as it was sent; only what follows AS is the query
    text = normalized(str(row.get("text") or ""))
    return {**text_of(row, "comment", "is_secure"), "query": text.partition(" AS ")[2]}


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
    key=show_key("VIEW"),
    alter=_alter,
    replace_hazards=(),
)
