"""CREATE TASK (reference A.1)."""

from snowpipe_deploy.sqltext.head import (
    Clause,
    Cursor,
    flag,
    name_list,
    options,
    setting,
    text_setting,
    value,
)


def _user(cursor: Cursor) -> str:
    return value(cursor)


def _when(cursor: Cursor) -> str:
    """The condition, up to AS or to another clause: they may stand in any order."""
    start, depth, before = cursor.peek().start, 0, ""
    while not cursor.done and not (depth == 0 and _ends_condition(cursor, before)):
        before = cursor.take().text.upper()
        depth += {"(": 1, ")": -1}.get(before, 0)
    return cursor.text[start : cursor.peek().start].strip()


# behind these a word belongs to the condition, also where `=` follows: `x::INT = 1 AND y = 2`
_GOES_ON = frozenset(
    {
        "",
        "AND",
        "OR",
        "NOT",
        "(",
        ":",
        "::",
        "=",
        "<",
        ">",
        "<=",
        ">=",
        "<>",
        "!=",
        "!",
        "+",
        "-",
        "*",
        "/",
        "%",
        "|",
        "||",
    }
)


def _ends_condition(cursor: Cursor, before: str) -> bool:
    token, after = cursor.peek(), cursor.peek(1)
    if token.upper in {"AS", "AFTER"} or cursor.sees("EXECUTE", "AS"):
        return True
    return token.kind == "word" and after.text == "=" and before not in _GOES_ON


CLAUSES = (
    setting("WAREHOUSE", refers="WAREHOUSE"),
    text_setting("USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE"),
    text_setting("SCHEDULE"),
    text_setting("CONFIG"),
    setting("OVERLAP_POLICY"),
    setting("ALLOW_OVERLAPPING_EXECUTION"),
    setting("USER_TASK_TIMEOUT_MS"),
    setting("SUSPEND_TASK_AFTER_NUM_FAILURES"),
    setting("ERROR_INTEGRATION"),
    setting("SUCCESS_INTEGRATION"),
    text_setting("LOG_LEVEL"),
    text_setting("COMMENT"),
    Clause("FINALIZE", value, alter="SET FINALIZE = {value}", unset="UNSET FINALIZE", refers="TASK"),
    setting("TASK_AUTO_RETRY_ATTEMPTS"),
    setting("USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS"),
    text_setting("TARGET_COMPLETION_INTERVAL"),
    text_setting("SERVERLESS_TASK_MIN_STATEMENT_SIZE"),
    text_setting("SERVERLESS_TASK_MAX_STATEMENT_SIZE"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    Clause("AFTER", name_list, alter="ADD AFTER {value}", unset="REMOVE AFTER {value}", refers="TASK"),
    Clause("EXECUTE AS USER", _user),
    Clause("WHEN", _when, alter="MODIFY WHEN {value}", unset="REMOVE WHEN"),
)


def _copied(cursor: Cursor) -> str:
    return str(cursor.name())


# read wherever they stand, but not deployed
ALSO = (Clause("CLONE", _copied, refers="TASK"), Clause("WITH CONTACT", options), Clause("COPY GRANTS", flag))
