"""A failed task in words: its error, the line of its body, the attempt, the query id."""

import re

from snowpipe_deploy.model import SqlObject
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.status.cause import Sources
from snowpipe_deploy.status.model import Task
from snowpipe_deploy.status.words import short

_LINE = re.compile(r"\bon line (\d+) at position \d+")
_CALL = re.compile(r"\s*CALL\s+([\w$.\"]+)\s*\(", re.IGNORECASE)
_COMPILED = re.compile(r"\berror line (\d+) at position \d+")


def error(row: TaskRun) -> str:
    code = f"{row.error_code}: " if row.error_code else ""
    return f"{code}{row.error or 'no message recorded'}"


def line(row: TaskRun, task: Task, sources: Sources) -> str:
    """The line of the body that the error names, with its text, and its place in the project's files where they say the same.

    The text is as it stands now: a task may have been changed since the run.
    """
    match = _LINE.search(row.error) or _COMPILED.search(row.error)
    if match is None:
        return ""
    number, called = int(match[1]), _CALL.match(task.definition)
    if called is None:
        return _shown(f"line {number} of its body", task.definition, number, sources.get(("TASK", task.name)))
    # the body is this one statement: the line is one of the procedure's
    name = ObjectName.parse(called[1]).parts[-2:]
    procedure = sources.get(("PROCEDURE", ObjectName(name if len(name) == 2 else (task.name.parts[0], *name))))
    body = procedure.head.body or "" if procedure is not None else ""
    return _shown(f"line {number} of {called[1]}, which it calls", body, number, procedure)


def _shown(words: str, body: str, number: int, source: SqlObject | None) -> str:
    """The words with the file before them and the line's text behind, as far as they are known."""
    lines = body.splitlines()
    if not 0 < number <= len(lines) or not lines[number - 1].strip():
        return f" [{words}]"
    here, start = lines[number - 1], source.statement.text.find(body) if source is not None else -1
    if source is not None and start >= 0:
        offset = start + sum(len(before) + 1 for before in lines[: number - 1]) + len(here) - len(here.lstrip())
        place = source.statement.place(offset)
        words = f"{place.path}:{place.line}, {words}"
    return f" [{words}: {short(here, 100)}]"


def attempt(row: TaskRun) -> str:
    if row.attempt < 2:
        return ""
    return (
        f" (attempt {row.attempt}, {'retried by hand' if row.origin == 'MANUAL RETRY' else 'retried by the account'})"
    )


def query(row: TaskRun) -> str:
    return f" (query {row.query_id})" if row.query_id else ""
