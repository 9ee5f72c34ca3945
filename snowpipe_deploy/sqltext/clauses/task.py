"""CREATE TASK (reference A.1)."""

from snowpipe_deploy.sqltext.head import (
    Clause,
    Cursor,
    condition,
    flag,
    name_list,
    options,
    setting,
    text_setting,
    value,
)


def _user(cursor: Cursor) -> str:
    return value(cursor)


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
    Clause("WHEN", condition, alter="MODIFY WHEN {value}", unset="REMOVE WHEN"),
)


def _copied(cursor: Cursor) -> str:
    return str(cursor.name())


# read wherever they stand, but not deployed
ALSO = (Clause("CLONE", _copied, refers="TASK"), Clause("WITH CONTACT", options), Clause("COPY GRANTS", flag))
