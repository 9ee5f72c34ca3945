"""SHOW PARAMETERS FOR TASK: its own parameters and those of the session it runs in, each with the level it is set at (reference A.13)."""

import re

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.parameters import OF_TASKS, parameter
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.statements._common import like
from snowpipe_deploy.local.statements.transactions import FIXED
from snowpipe_deploy.sqltext.head import Cursor, Head

_COLUMNS = ("key", "value", "default", "level", "description", "type")


def show_parameters(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.expect("SHOW", "PARAMETERS")
    pattern = re.compile(like(cursor.take().value), re.IGNORECASE) if cursor.accept("LIKE") else None
    if not cursor.accept_any("FOR TASK", "IN TASK"):
        raise unsupported("SHOW PARAMETERS of anything but a task")
    task = runner.catalog.get("TASK", runner.full(cursor.name()))
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    session = task.properties.get("session", {})
    rows = [
        [name, *_of_task(*parameter(runner.catalog, task, name), default), "", _type(default)]
        for name, default in OF_TASKS.items()
    ]
    rows += [
        [name, session.get(name, value), value, "TASK" if name in session else "", "", _type(value)]
        for name, value in FIXED.items()
    ]
    return listing(_COLUMNS, [row for row in sorted(rows) if pattern is None or pattern.fullmatch(str(row[0]))])


def _of_task(value: str, level: str, default: str) -> tuple[str, str, str]:
    return value, default, level


def _type(default: str) -> str:
    return "NUMBER" if default.isdigit() else "BOOLEAN" if default in {"TRUE", "FALSE"} else "STRING"


HANDLERS = {("SHOW", "PARAMETERS"): show_parameters}
