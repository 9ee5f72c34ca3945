"""CREATE SEQUENCE."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, flag, text_setting


def _number(cursor: Cursor) -> str:
    cursor.accept_any("WITH", "BY")
    cursor.accept("=")
    sign = cursor.accept_any("-")
    return sign + cursor.take().text


CLAUSES = (
    Clause("START", _number),
    Clause("INCREMENT", _number, alter="SET INCREMENT = {value}", unset="SET INCREMENT = 1"),
    Clause("ORDER", flag, unset="SET NOORDER"),
    Clause("NOORDER", flag, alter="SET NOORDER"),
    text_setting("COMMENT"),
)

# read wherever they stand, but not deployed: the short forms `START 1` and `INCREMENT 1` are the same clauses
ALSO = (Clause("WITH START", _number), Clause("INCREMENT BY", _number))
