"""CREATE TAG."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, setting, text_setting


def _values(cursor: Cursor) -> tuple[str, ...]:
    cursor.accept("=")
    if cursor.peek().text == "(":
        return _values(Cursor(cursor.parens()))
    found = [cursor.take().value]
    while cursor.accept(","):
        found.append(cursor.take().value)
    return tuple(found)


CLAUSES = (Clause("ALLOWED_VALUES", _values), setting("PROPAGATE"), setting("ON_CONFLICT"), text_setting("COMMENT"))
