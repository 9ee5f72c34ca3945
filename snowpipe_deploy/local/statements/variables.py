"""Session variables: SET, UNSET, SHOW VARIABLES."""

import re

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import translate
from snowpipe_deploy.local.runner import Answer, Runner, Variable, listing, status
from snowpipe_deploy.local.statements._common import ended, like
from snowpipe_deploy.names import fold
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.types import DataType


def set_variable(runner: Runner, head: Head) -> Answer:
    """SET a = …, or SET (a, b) = (…, …), whose right side may be a query of one row."""
    cursor = Cursor(head.text)
    cursor.take()
    several = cursor.peek().text == "("
    names = [fold(text) for text in split_list(cursor.parens())] if several else [fold(cursor.take().text)]
    cursor.expect("=")
    rest = cursor.rest
    query = translate(runner, _right_side(rest, len(names)) if several else f"SELECT {rest} AS V", dict(runner.binds))
    found = runner.engine.query(query.sql, query.values)
    if len(found.rows) != 1 or len(found.columns) != len(names):
        raise sql_error("syntax", f"SET of {len(names)} variables needs one row of as many values")
    for name, value, kind in zip(names, found.rows[0], found.types, strict=True):
        _keep(runner, name, value, kind)
    return status("Statement executed successfully.")


def _right_side(text: str, count: int) -> str:
    """`(1, 2)`, or `(SELECT 1, 2)`, as a query."""
    cursor = Cursor(text)
    inner = cursor.parens()
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    if Cursor(inner).peek().upper in {"SELECT", "WITH"}:
        return inner
    items = split_list(inner)
    if len(items) != count:
        raise sql_error("syntax", f"SET of {count} variables needs as many values")
    return "SELECT " + ", ".join(f"{item} AS V{i}" for i, item in enumerate(items))


_LONGEST = 256  # bytes of a text (Snowflake's reference of SET)


def _keep(runner: Runner, name: str, value: object, kind: DataType) -> None:
    if kind.base in {"VARIANT", "OBJECT", "ARRAY", "BINARY", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"}:
        raise unsupported(f"a session variable of type {kind.base}")
    if len(str(value).encode()) > _LONGEST:
        raise sql_error(
            "syntax",
            f"Assignment to '{name}' not done because value exceeds size limit for variables. "
            f"Its size is {len(str(value).encode())}; the limit is {_LONGEST} (internal storage size in bytes).",
        )
    runner.variables[name] = Variable(value, kind, runner.now())


def unset_variable(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    for text in split_list(cursor.parens()) if cursor.peek().text == "(" else [cursor.take().text]:
        runner.variables.pop(fold(text), None)
    ended(cursor)
    return status("Statement executed successfully.")


_WORDS = {"NUMBER": "fixed", "VARCHAR": "text", "FLOAT": "real"}


def show_variables(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.expect("SHOW", "VARIABLES")
    pattern = cursor.take().value if cursor.accept("LIKE") else "%"
    if not cursor.done:
        raise unsupported(f"SHOW VARIABLES {cursor.rest[:30]}")
    columns = ("session_id", "created_on", "updated_on", "name", "value", "type", "comment")
    held = [
        (name, one)
        for name, one in sorted(runner.variables.items())
        if re.fullmatch(like(pattern), name, re.IGNORECASE)
    ]
    return listing(columns, [(str(id(runner)), one.made, one.made, name, *_told(one), "") for name, one in held])


def _told(held: Variable) -> tuple[str | None, str]:
    """Value and type as SHOW VARIABLES has them."""
    kind = _WORDS.get(held.type.base, held.type.base.lower())
    return None if held.value is None else str(held.value), kind


HANDLERS = {
    ("SET",): set_variable,
    ("UNSET",): unset_variable,
    ("SHOW", "VARIABLES"): show_variables,
}
