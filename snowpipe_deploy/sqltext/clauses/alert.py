"""CREATE ALERT: a condition that is a query, and an action that is a statement or a block."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, setting, text_setting


def _condition(cursor: Cursor) -> str:
    """IF (EXISTS (query)), without the parentheses around it."""
    return cursor.parens().strip()


def _action(cursor: Cursor) -> str:
    return cursor.until()


CLAUSES = (
    setting("WAREHOUSE", refers="WAREHOUSE"),
    text_setting("SCHEDULE"),
    text_setting("CONFIG"),
    text_setting("COMMENT"),
    Clause("IF", _condition, alter="MODIFY CONDITION {value}"),
    Clause("THEN", _action, alter="MODIFY ACTION {value}"),
)
