"""SHOW PARAMETERS of a task (its own, and those of the session it runs in) and of the session, each with the level it is set at (reference A.13)."""

import re
from collections.abc import Mapping

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.parameters import OF_TASKS, parameter
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.statements._common import ended, like
from snowpipe_deploy.local.statements.transactions import SESSION_PARAMETERS
from snowpipe_deploy.sqltext.head import Cursor, Head

_COLUMNS = ("key", "value", "default", "level", "description", "type")


def show_parameters(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.expect("SHOW", "PARAMETERS")
    pattern = re.compile(like(cursor.take().value), re.IGNORECASE) if cursor.accept("LIKE") else None
    if cursor.accept_any("FOR TASK", "IN TASK"):
        task = runner.catalog.get("TASK", runner.full(cursor.name()))
        rows = _of_session("TASK", task.properties.get("session", {}))
        for name, default in OF_TASKS.items():
            value, level = parameter(runner.catalog, task, name)
            rows.append([name, value, default, level, "", _type(default)])
    elif cursor.done or cursor.accept_any("FOR SESSION", "IN SESSION"):
        rows = _of_session("SESSION", runner.parameters)
    else:
        raise unsupported("SHOW PARAMETERS of anything but a task or the session")
    ended(cursor)
    return listing(_COLUMNS, [row for row in sorted(rows) if pattern is None or pattern.fullmatch(row[0])])


def _of_session(level: str, given: Mapping[str, str]) -> list[list[str]]:
    return [
        [name, given.get(name, default), default, level if name in given else "", "", _type(default)]
        for name, default in SESSION_PARAMETERS.items()
    ]


def _type(default: str) -> str:
    return "NUMBER" if default.isdigit() else "BOOLEAN" if default in {"TRUE", "FALSE"} else "STRING"


HANDLERS = {("SHOW", "PARAMETERS"): show_parameters}
