"""CREATE SEQUENCE."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, flag, text_setting


def _number(cursor: Cursor) -> str:
    cursor.accept_any("WITH", "BY")
    cursor.accept("=")
    sign = cursor.accept_any("-")
    return sign + cursor.take().text


CLAUSES = (
    Clause("START", _number),
    Clause("INCREMENT", _number, alter="SET INCREMENT = {value}"),
    Clause("ORDER", flag),
    Clause("NOORDER", flag, alter="SET NOORDER"),
    text_setting("COMMENT"),
)
