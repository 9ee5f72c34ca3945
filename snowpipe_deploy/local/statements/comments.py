"""COMMENT ON: another spelling of ALTER … SET COMMENT."""

from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.local.statements._common import ended
from snowpipe_deploy.names import ObjectName, literal, quote, split_name
from snowpipe_deploy.sqltext.head import Cursor, Head, accept_kind


def comment(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.expect("COMMENT")
    lenient = "IF EXISTS " if cursor.accept("IF", "EXISTS") else ""
    cursor.expect("ON")
    if cursor.accept("COLUMN"):
        *place, column = split_name(cursor.until("IS"))
        if not 1 <= len(place) <= 3:
            raise sql_error("syntax", "syntax error: COMMENT ON COLUMN names a column of a table")
        name = runner.full(ObjectName(tuple(place)))
        found = runner.catalog.find("TABLE", name)
        altered = f"ALTER {found.kind if found is not None else 'TABLE'} {lenient}{name} ALTER COLUMN {quote(column)} COMMENT "
    else:
        if not (kind := accept_kind(cursor)):
            raise cursor.error("expected a kind of object")
        altered = f"ALTER {kind} {lenient}{cursor.until('IS')} SET COMMENT = "
    cursor.expect("IS")
    if cursor.peek().kind not in {"string", "dollar"}:
        raise cursor.error("expected a text")
    said = cursor.take().value
    ended(cursor)
    return runner.run_text(altered + literal(said), {})


HANDLERS = {("COMMENT",): comment}
