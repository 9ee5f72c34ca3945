"""A failed task in words: its error, the line of its body, the attempt, the query id."""

import re

from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.status.model import Task
from snowpipe_deploy.status.words import short

_LINE = re.compile(r"\bon line (\d+) at position \d+")
_CALL = re.compile(r"\s*CALL\s+([^\s(]+)", re.IGNORECASE)
_COMPILED = re.compile(r"\berror line (\d+) at position \d+")


def error(row: TaskRun) -> str:
    code = f"{row.error_code}: " if row.error_code else ""
    return f"{code}{row.error or 'no message recorded'}"


def line(row: TaskRun, task: Task) -> str:
    """The line of the body that the error names, with its text as it is now."""
    match = _LINE.search(row.error) or _COMPILED.search(row.error)
    if match is None:
        return ""
    lines, number = task.definition.splitlines(), int(match[1])
    called = _CALL.match(task.definition)
    if called is not None:  # the body is this one statement: the line is one of the procedure's
        return f" [line {number} of {called[1]}, which it calls]"
    shown = f": {short(lines[number - 1], 100)}" if 0 < number <= len(lines) and lines[number - 1].strip() else ""
    return f" [line {number} of its body{shown}]"


def attempt(row: TaskRun) -> str:
    if row.attempt < 2:
        return ""
    return (
        f" (attempt {row.attempt}, {'retried by hand' if row.origin == 'MANUAL RETRY' else 'retried by the account'})"
    )


def query(row: TaskRun) -> str:
    return f" (query {row.query_id})" if row.query_id else ""
