"""SHOW PARAMETERS IN TASK: what SHOW TASKS does not tell of a task (reference A.13, F.6).

Session parameters are left out: no task of this account sets any.
"""

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.sqltext.head import Cursor, Head

# defaults of reference A.2
_OF_TASKS = {
    "LOG_LEVEL": ("OFF", "STRING"), "SERVERLESS_TASK_MAX_STATEMENT_SIZE": ("XXLARGE", "STRING"),
    "SERVERLESS_TASK_MIN_STATEMENT_SIZE": ("XSMALL", "STRING"), "SUSPEND_TASK_AFTER_NUM_FAILURES": ("10", "NUMBER"),
    "TASK_AUTO_RETRY_ATTEMPTS": ("0", "NUMBER"), "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE": ("MEDIUM", "STRING"),
    "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS": ("30", "NUMBER"), "USER_TASK_TIMEOUT_MS": ("3600000", "NUMBER"),
}  # fmt: skip


def show_parameters(runner: Runner, head: Head) -> Answer:
    """One row a parameter; `level` is empty where it is the default."""
    cursor = Cursor(head.text)
    cursor.expect("SHOW", "PARAMETERS")
    if not cursor.accept_any("IN TASK", "FOR TASK"):
        raise unsupported(f"SHOW PARAMETERS {cursor.rest[:20]}")
    task = runner.catalog.get("TASK", runner.full(cursor.name()))
    if not cursor.done:
        raise unsupported(f"SHOW PARAMETERS IN TASK … {cursor.rest[:20]}")
    return listing(("key", "value", "default", "level", "description", "type"), [_row(task, key) for key in _OF_TASKS])


def _row(task: Entry, key: str) -> list[object]:
    default, kind = _OF_TASKS[key]
    own = task.properties.get(key)
    return [key, default if own is None else str(own), default, "" if own is None else "TASK", "", kind]


HANDLERS = {("SHOW", "PARAMETERS"): show_parameters}
